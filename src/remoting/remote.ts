import type { MemberPath, Target } from "./protocol.js";
import type { Session } from "./session.js";

/** What `T` looks like from the other side of a boundary: every member is reached by a promise. */
export type Remote<T> = T extends (...args: infer A) => infer R
  ? (...args: A) => Promise<Awaited<R>>
  : T extends object
    ? { readonly [K in keyof T]: RemoteMember<T[K]> }
    : T;

/** A member of a remote: a function is called; anything else is awaited, or walked into. */
export type RemoteMember<T> = T extends (...args: infer A) => infer R
  ? ((...args: A) => Promise<Awaited<R>>) & Promise<T>
  : T extends object
    ? Promise<T> & { readonly [K in keyof T]: RemoteMember<T[K]> }
    : Promise<T>;

/**
 * Makes an object whose members are those of what the other side exposes under a number. It holds nothing but the
 * session, and makes each member once.
 */
export function createRemote<T extends object>(session: Pick<Session, "call" | "get">, target: Target): Remote<T> {
  return memberProxy(session, target, []) as Remote<T>;
}

function memberProxy(session: Pick<Session, "call" | "get">, target: Target, keys: string[]): unknown {
  const members = new Map<string, unknown>();
  const path: MemberPath = keys.length === 1 ? (keys[0] as string) : keys;
  // An arrow function: it can be called, but not constructed.
  return new Proxy(() => {}, {
    get(_function, key) {
      if (typeof key === "symbol") return undefined;
      if (key === "then") {
        // The whole is no promise, or nobody could return it from an async function.
        if (keys.length === 0) return undefined;
        return (...handlers: Parameters<Promise<unknown>["then"]>) => session.get(target, path).then(...handlers);
      }
      let member = members.get(key);
      if (member === undefined) members.set(key, (member = memberProxy(session, target, [...keys, key])));
      return member;
    },
    apply: (_function, _this, args: unknown[]) => session.call(target, path, args),
    set: () => false,
    defineProperty: () => false,
    deleteProperty: () => false,
  });
}
