import { LeaseholdError } from "../../errors.js";
import { handlerOf } from "../calls/handler.js";
import { isTooMighty } from "../values/crossing.js";
import { Kind, type MemberPath } from "../wire/protocol.js";
import type { MemberReader } from "./member-reader.js";
import { ownerOf, readMember, resolvePath } from "./member.js";

/**
 * Does one operation on an object, with arguments that are there.
 * @param isWritable whether members may be assigned to
 * @param reader of the operations that this one is one of
 * @returns its result, as it is; perhaps a promise
 */
export function execute(
  kind: Kind,
  base: unknown,
  path: MemberPath,
  args: unknown[],
  isWritable: boolean,
  reader?: MemberReader,
): unknown {
  if (kind === Kind.set) return assign(base, path, args[0], isWritable);
  const isWhole = path.length === 0 && typeof path !== "string";
  const owner = isWhole ? undefined : ownerOf(base, path);
  const value = isWhole ? base : reader ? reader.read(owner, path) : readMember(owner, path);
  if (kind === Kind.get) return value;
  if (typeof value !== "function" || isTooMighty(value)) throw notAFunction(path);
  if (kind === Kind.call) return Reflect.apply(value, owner, args);
  if (!handlerOf(value) && !Object.hasOwn(value, "prototype")) throw notAClass(path);
  return Reflect.construct(value, args);
}

/** Whether a result is one to wait for; a hostile getter named "then" is run here at most, never by the engine later. */
export function isPromise(value: unknown): value is PromiseLike<unknown> {
  const canBe =
    typeof value === "function" ? handlerOf(value) !== undefined : typeof value === "object" && value !== null;
  return canBe && typeof (value as { then?: unknown }).then === "function";
}

function assign(base: unknown, path: MemberPath, value: unknown, isWritable: boolean): void {
  const names = typeof path === "string" ? [path] : path;
  const key = names.at(-1);
  const refuse = (why: string): LeaseholdError =>
    new LeaseholdError("ContractError", "read-only", `"${names.join(".")}" cannot be assigned to: ${why}.`);
  if (!isWritable) throw refuse("members of this session are read only");
  if (key === undefined || key in Object.prototype || key === "prototype") throw refuse("there is no such member");
  const owner = names.length === 1 ? base : resolvePath(base, names.slice(0, -1));
  if (owner === null || typeof owner !== "object" || !Reflect.set(owner, key, value))
    throw refuse("it does not allow that");
}

function notAFunction(path: MemberPath): LeaseholdError {
  const message = `"${String(path)}" is not a function; read it without calling it.`;
  return new LeaseholdError("ContractError", "not-a-function", message);
}

function notAClass(path: MemberPath): LeaseholdError {
  const message = `"${String(path)}" is not a class; call it without "new".`;
  return new LeaseholdError("ContractError", "not-a-constructor", message);
}
