import { crossingOf } from "../values/crossing.js";
import { isPrimitive } from "../values/primitive.js";
import { handlerOf } from "./handler.js";
import { partsOf, remotesIn } from "./release.js";

/**
 * Lets go of what came in one message and did not get into what was made of that. Where that has parts that nobody can look into, as
 * functions and instances of classes are, they may lead to all of it, and nothing is let go of.
 */
export function giveBackRest(value: unknown, made: unknown): void {
  const remotes = made === value ? [] : remotesIn(value);
  if (remotes.length === 0 || hasOpaquePart(made)) return;
  const used = new Set(remotesIn(made));
  for (const remote of remotes) if (!used.has(remote)) handlerOf(remote)?.giveBack(false);
}

function hasOpaquePart(value: unknown): boolean {
  const parts = new Set([value]);
  for (const part of parts) {
    if (isPrimitive(part) || handlerOf(part)) continue;
    if (typeof part !== "object" || isOpaque(part as object)) return true;
    for (const inner of partsOf(part as object)) parts.add(inner);
  }
  return false;
}

function isOpaque(part: object): boolean {
  return ["reference", "promise", "readable", "writable", "refused"].includes(crossingOf(part));
}
