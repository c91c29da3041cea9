import { crossingOf } from "../values/crossing.js";
import { isPrimitive } from "../values/primitive.js";
import { handlerOf } from "./handler.js";
import { partsOf, remotesIn } from "./release.js";

/**
 * Lets go of what came in one message and did not get into what was made of that; without anything made, of all of it. Streams that are
 * left over are ended. Where what was made has parts that nobody can look into, as functions and instances of classes are, they may
 * lead to all of it, and nothing is let go of.
 */
export function giveBackRest(value: unknown, made?: unknown): void {
  if (isPrimitive(value) || made === value) return;
  const remotes = remotesIn(value);
  const parts = partsIn(value);
  const streams = [...parts].filter(isStream);
  if (remotes.length + streams.length === 0) return;
  const used = partsIn(made);
  if ([...used].some((part) => !parts.has(part) && isOpaque(part))) return;
  for (const remote of remotes) if (!used.has(remote)) handlerOf(remote)?.giveBack(false);
  for (const stream of streams) if (!used.has(stream)) end(stream);
}

/** All that is in a value, itself included, but for what is primitive. */
function partsIn(value: unknown): Set<unknown> {
  const parts = new Set<unknown>(isPrimitive(value) ? [] : [value]);
  for (const part of parts) {
    if (typeof part !== "object" || part === null) continue;
    for (const inner of partsOf(part)) if (!isPrimitive(inner)) parts.add(inner);
  }
  return parts;
}

function isOpaque(part: unknown): boolean {
  if (typeof part !== "object" || part === null) return !handlerOf(part);
  return ["reference", "promise", "readable", "writable", "refused"].includes(crossingOf(part));
}

function isStream(part: unknown): part is ReadableStream | WritableStream {
  return part instanceof ReadableStream || part instanceof WritableStream;
}

function end(stream: ReadableStream | WritableStream): void {
  // One that is in use already is somebody's.
  if (stream.locked) return;
  const ending = stream instanceof ReadableStream ? stream.cancel() : stream.abort();
  ending.catch(() => {});
}
