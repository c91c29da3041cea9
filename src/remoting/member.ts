import { distance } from "fastest-levenshtein";
import { LeaseholdError } from "../errors.js";
import type { MemberPath } from "./protocol.js";

/** Ways from any object to code or to what all objects share. */
const FORBIDDEN = new Set(["__proto__", "constructor", "prototype"]);

/** A member together with the object it belongs to. */
export interface Member {
  owner: object;
  value: unknown;
}

/**
 * Walks to a member that an object has itself or that its classes declare; what it inherits from Object or Function does
 * not exist for the other side.
 * @throws LeaseholdError "ContractError" (`no-such-member`)
 */
export function findMember(root: object, path: MemberPath): Member {
  if (typeof path === "string") return { owner: root, value: readMember(root, path, path) };
  let owner = root;
  let value: unknown = root;
  for (const key of path) {
    owner = Object(value) as object;
    value = readMember(value, key, path.join("."));
  }
  return { owner, value };
}

function readMember(owner: unknown, key: string, path: string): unknown {
  if (owner !== null && (typeof owner === "object" || typeof owner === "function") && !FORBIDDEN.has(key)) {
    for (
      let object: object | null = owner;
      object !== null && !isShared(object);
      object = Object.getPrototypeOf(object) as object | null
    ) {
      if (Object.hasOwn(object, key)) return Reflect.get(object, key, owner);
    }
  }
  throw new LeaseholdError("ContractError", "no-such-member", `There is no "${path}" here.${suggest(owner, key)}`);
}

function isShared(object: object): boolean {
  return object === Object.prototype || object === Function.prototype;
}

function suggest(owner: unknown, key: string): string {
  if (owner === null || typeof owner !== "object") return "";
  const names = Object.keys(owner);
  const near = names.map((name) => [distance(name, key), name] as const).sort(([a], [b]) => a - b)[0];
  if (near && near[0] <= Math.max(1, key.length / 3)) return ` Did you mean "${near[1]}"?`;
  return names.length ? ` There is: ${names.slice(0, 12).join(", ")}.` : "";
}
