import { Kind, type MemberPath } from "../wire/protocol.js";
import { handlerOf } from "./handler.js";
import type { Invoker } from "./invoker.js";
import { promiseLocally, type Begun } from "./local-call.js";
import type { RemoteCall } from "./remote-call.js";
import { createRefuser } from "./refuser.js";
import { nameOf } from "./name-of.js";

/** Decides what becomes of each operation on something remote; returns the promise of its result. */
export type Gate = (operation: GatedOperation) => object;

/** An operation that somebody wants done, before it is sent. */
export class GatedOperation {
  readonly kind: Kind;
  /** The member that it is about, name by name. */
  readonly path: readonly string[];
  readonly args: readonly unknown[];
  readonly #send: (kind: Kind, path: MemberPath, args: readonly unknown[]) => object;

  /** @param send has an operation done by who takes them at that moment */
  constructor(
    kind: Kind,
    path: MemberPath,
    args: readonly unknown[],
    send: (kind: Kind, path: MemberPath, args: readonly unknown[]) => object,
  ) {
    this.kind = kind;
    this.path = [path].flat();
    this.args = args;
    this.#send = send;
  }

  get isRead(): boolean {
    return this.kind === Kind.get;
  }

  /** What a person calls it. */
  get label(): string {
    return nameOf(this.kind, [...this.path]);
  }

  /** Sends it, with these arguments. */
  send(args: readonly unknown[] = this.args): object {
    const [name, ...rest] = this.path;
    return this.#send(this.kind, rest.length === 0 && name !== undefined ? name : [...this.path], args);
  }

  /** It rejects. */
  refuse(error: unknown): object {
    return createRefuser(() => error).invoke(this.kind, 0, [...this.path], []);
  }

  /** Makes its result on this side, of what was begun; see `promiseLocally`. */
  settle(begun: Begun | Promise<Begun>, finish?: (value: unknown) => unknown): object {
    return promiseLocally(this.kind, [...this.path], begun, finish);
  }

  /** The reading of the member that its path begins with. */
  whole(): GatedOperation {
    return new GatedOperation(Kind.get, this.path[0] as string, [], this.#send);
  }

  /** Does it on this side, on what `whole` has come to. */
  walk(whole: object): object {
    const call = handlerOf(whole) as RemoteCall;
    return call.invoker().invoke(this.kind, call, this.path.slice(1), this.args);
  }
}

/**
 * Puts a gate before whoever takes operations at the moment. Who refuses them goes on doing so. It keeps nobody who has gone: what a
 * page has of a unit must not keep the unit's session.
 * @param planFault why a plan, which runs behind the gate, may not have what is at a path; undefined: it may
 */
export function gated(
  current: () => Invoker,
  gate: Gate,
  planFault: (path: readonly string[]) => Error | undefined,
): () => Invoker {
  const gatekeeper: Invoker = {
    isWritable: false,
    planFault,
    get unit() {
      return current().unit;
    },
    get behind() {
      return current();
    },
    gate: (other) => gated(() => other, gate, planFault)(),
    lend: (handler, borrower) => current().lend?.(handler, borrower) as object,
    invoke: (kind, base, path, args, holder) =>
      gate(
        new GatedOperation(kind, path, args, (kind, path, args) => current().invoke(kind, base, path, args, holder)),
      ),
  };
  return () => {
    const now = current();
    return now.refusal ? now : gatekeeper;
  };
}
