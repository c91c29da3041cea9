import { Kind, Ref, type MemberPath, type Reference, type Request, type Target } from "../wire/protocol.js";
import { shorten } from "../wire/shorten.js";
import { MOST_TIMES } from "../wire/parse-operations.js";
import type { Queued } from "./outbox.js";
import { RemoteCall } from "./remote-call.js";

/** One flush, ready to leave. */
export interface Chunk {
  packet: Request;
  transfers: Transferable[] | undefined;
  /** Those with a result, in order. */
  calls: RemoteCall[];
}

/**
 * Writes calls and notices into one request, and numbers the calls.
 * @param first number of the first
 */
export function pack(items: readonly Queued[], first: number): Chunk {
  const stream: unknown[] = [];
  const paths = new Map<MemberPath, number>();
  const holes: unknown[] = [];
  const quiet: number[] = [];
  const transfers: Transferable[] = [];
  const calls: RemoteCall[] = [];
  /** Of the last header: where its count is, and what it is for. */
  let times = -1;
  let last: RemoteCall | undefined;

  for (const item of items) {
    let values: readonly unknown[];
    if (item instanceof RemoteCall) {
      values = item.args;
      if (last && isSame(last, item) && (stream[times] as number) < MOST_TIMES) (stream[times] as number)++;
      else {
        const path = paths.get(item.memberPath);
        if (path === undefined) paths.set(item.memberPath, paths.size);
        times = stream.push(item.kind, targetOf(item), path ?? item.memberPath, values.length, 1) - 1;
        last = item;
      }
      if (!item.isAwaited) quiet.push(calls.length);
      item.number = first + calls.length;
      calls.push(item);
    } else {
      values = item.values;
      stream.push(item.kind, item.id);
      last = undefined;
    }
    const at = stream.length;
    for (let index = 0; index < values.length; index++) stream.push(values[index]);
    if (!item.encoding) continue;
    for (const transferable of item.encoding.transfers) transfers.push(transferable);
    const own = item.encoding.holes;
    for (let hole = 0; hole < own.length; hole += 3) {
      const [container, key, reference] = own.slice(hole, hole + 3) as [unknown, unknown, Reference];
      const isOwn = container === values;
      holes.push(isOwn ? stream : container, isOwn ? at + (key as number) : key, numbered(reference, calls.length - 1));
    }
  }
  return {
    packet: shorten([0, first, stream, holes.length ? holes : null, quiet.length ? quiet : null]),
    transfers: transfers.length ? [...new Set(transfers)] : undefined,
    calls,
  };
}

/** Whether two calls differ in their arguments alone. */
function isSame(one: RemoteCall, other: RemoteCall): boolean {
  return (
    one.memberPath === other.memberPath &&
    one.target === other.target &&
    one.kind === other.kind &&
    one.args.length === other.args.length &&
    one.kind !== Kind.plan
  );
}

function targetOf({ target }: RemoteCall): Target {
  return target instanceof RemoteCall ? -1 - target.number : target;
}

/** Completes a reference that names results, or operations, by numbers: they are known only now. */
function numbered(reference: Reference, index: number): Reference {
  if (reference[0] === Ref.key) return [Ref.key, numbered(reference[1] as Reference, index)];
  if (reference[0] === Ref.member) return [...(reference.slice(0, 3) as Reference), index];
  return reference[0] === Ref.result ? [Ref.result, (reference[1] as RemoteCall).number, index] : reference;
}
