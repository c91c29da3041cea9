import { LeaseholdError } from "../../errors.js";
import { suggest } from "../../suggest.js";
import { handlerOf } from "../calls/handler.js";
import { ITERATE, RETURN } from "../calls/iterate.js";
import { crossingOf } from "../values/crossing.js";
import type { MemberPath } from "../wire/protocol.js";

/** Names of members that lead from any object to code, or to what all objects share. */
export const FORBIDDEN = new Set(["__proto__", "constructor", "prototype"]);
/** What a function tells of its callers. */
const FORBIDDEN_OF_FUNCTIONS = new Set(["caller", "arguments"]);
/** What data has of the platform: how much there is of it, and what only reads it and calls nobody back. */
const READING = new Set(
  ["length size byteLength", "at slice includes indexOf join", "get has keys values entries"].flatMap((names) =>
    names.split(" "),
  ),
);

/** Items of an array that there is time to read; one with gaps can be longer than any memory. */
const LONGEST_ARRAY = 1 << 24;
/** What all iterators inherit: helpers such as `toArray`, which never ends where the iterator does not. */
const ITERATORS: ReadonlySet<object | null> = new Set(
  [function* () {}, async function* () {}].map(({ prototype }) => {
    // Its generator's own prototype has `next`; behind that is what the language gives to all iterators.
    const generator = Object.getPrototypeOf(prototype) as object;
    return Object.getPrototypeOf(generator) as object;
  }),
);
/** Letters of a path that are repeated. */
const LONGEST_PATH = 256;

/** What a path leads to, the target itself where it has no names; see `readMember`. */
export function resolvePath(root: unknown, path: MemberPath): unknown {
  return typeof path === "string" || path.length > 0 ? readMember(ownerOf(root, path), path) : root;
}

/** What the member at a path belongs to. */
export function ownerOf(root: unknown, path: MemberPath): unknown {
  let owner = root;
  if (typeof path !== "string") for (let at = 1; at < path.length; at++) owner = readMember(owner, path.slice(0, at));
  return owner;
}

/**
 * Reads the member that a path ends with: one that its owner has itself or that the owner's classes declare. What it inherits from
 * Object or Function does not exist for the other side, nor what data inherits from the platform, but for what only reads it.
 * @throws LeaseholdError "ContractError" (`no-such-member`)
 */
export function readMember(owner: unknown, path: MemberPath): unknown {
  const key = typeof path === "string" ? path : (path.at(-1) as string);
  if (typeof owner === "string") {
    if (key === "length") return owner.length;
  } else if (owner !== null && (typeof owner === "object" || typeof owner === "function") && !FORBIDDEN.has(key)) {
    // One of ours, from another session: it is asked over there.
    if (handlerOf(owner)) return (owner as Record<string, unknown>)[key];
    if (Object.hasOwn(owner, key)) {
      const isOpen = typeof owner === "function" ? !FORBIDDEN_OF_FUNCTIONS.has(key) : !isOfPlatform(owner);
      if (isOpen) return Reflect.get(owner, key);
    } else if (key === ITERATE) return () => iteratorOf(owner);
    else if (key === RETURN) return (value: unknown) => endIteration(owner, value);
    else if (isDeclared(owner, key)) return Reflect.get(owner, key);
  }
  const names = owner !== null && typeof owner === "object" ? Object.keys(owner) : [];
  throw new LeaseholdError(
    "ContractError",
    "no-such-member",
    `There is no "${[path].flat().join(".").slice(0, LONGEST_PATH)}" here.${suggest(key, names)}`,
  );
}

/** Whether a class of the object has the member, so that the object has it by its author's will. */
function isDeclared(owner: object, key: string): boolean {
  let prototype = Object.getPrototypeOf(owner) as object | null;
  if (prototype === null || isShared(prototype)) return false;
  if (typeof owner === "object" && crossingOf(owner) !== "reference" && !READING.has(key)) return false;
  if (Array.isArray(owner) && owner.length > LONGEST_ARRAY) return false;
  for (; prototype !== null && !isShared(prototype); prototype = Object.getPrototypeOf(prototype) as object | null) {
    if (Object.hasOwn(prototype, key)) return true;
  }
  return false;
}

/** Whether an object is a node, a window or the like, which leads on to all that there is, also by what somebody has put on it. */
function isOfPlatform(owner: object): boolean {
  return owner instanceof EventTarget && crossingOf(owner) === "refused";
}

/** Whether it is a prototype of objects whoever wrote them: what stands there, none of them has by its author's will. */
export function isShared(object: object): boolean {
  return isOfAll(object) || object === Function.prototype || ITERATORS.has(object);
}

/** Another realm's as well. */
function isOfAll(object: object): boolean {
  return (
    object === Object.prototype || (Object.getPrototypeOf(object) === null && Object.hasOwn(object, "__lookupGetter__"))
  );
}

function iteratorOf(owner: object): unknown {
  const { [Symbol.asyncIterator]: asynchronous, [Symbol.iterator]: synchronous } = owner as Partial<
    AsyncIterable<unknown> & Iterable<unknown>
  >;
  const begin = asynchronous ?? synchronous;
  return begin ? Reflect.apply(begin, owner, []) : owner;
}

async function endIteration(owner: object, value: unknown): Promise<unknown> {
  const end = (owner as Partial<AsyncIterator<unknown>>).return;
  return end ? Reflect.apply(end, owner, [value]) : { done: true, value };
}
