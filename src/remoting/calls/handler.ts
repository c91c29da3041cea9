import { LeaseholdError } from "../../errors.js";
import type { Loan } from "../tables/loan.js";
import { Kind, type MemberPath } from "../wire/protocol.js";
import type { Base, Invoker } from "./invoker.js";

/** The same in every copy of this code, as a page may have several: what one made, the other can let go of. */
const handlerKey = Symbol.for("leasehold.handler");

/**
 * What all proxies of remotes are proxies of: it can be called and constructed, and nothing of it shows. One serves all,
 * because it is never changed; what a proxy is about is in its handler.
 */
const nothing = function () {};

/** The path to the target itself. */
export const WHOLE: MemberPath = [];

/** The handler of one of our proxies; undefined for anything else. */
export function handlerOf(value: unknown): Handler | undefined {
  return typeof value === "function" ? (value as { [handlerKey]?: Handler })[handlerKey] : undefined;
}

/** What a proxy stands for: something on the other side of a session, which its members lead on from. */
export abstract class Handler implements ProxyHandler<() => void> {
  readonly proxy: object = new Proxy(nothing, this);

  /** What it is a member of, or itself, and the way to it from there. */
  abstract readonly base: Base;
  abstract readonly path: MemberPath;

  /** Who takes operations on it. */
  abstract invoker(): Invoker;

  /** Of a proxy by which another session has borrowed it. */
  get loan(): Loan | undefined {
    return undefined;
  }

  /** What it is, as bits of `Trait`. */
  get traits(): number {
    return 0;
  }

  /** What it is called on the other side. */
  get name(): string {
    return "";
  }

  /** What it has of its own, rather than on the other side; undefined for a member. */
  protected abstract own(key: string | symbol): unknown;

  get(_target: unknown, key: string | symbol): unknown {
    if (key === handlerKey) return this;
    if (key === Symbol.toPrimitive) return () => this.toText();
    const own = this.own(key);
    if (own !== undefined || typeof key === "symbol") return own;
    return this.member(key);
  }

  apply(_target: unknown, _this: unknown, args: unknown[]): unknown {
    return this.operate(Kind.call, args);
  }

  construct(_target: unknown, args: unknown[]): object {
    return this.operate(Kind.construct, args);
  }

  set(_target: unknown, key: string | symbol, value: unknown): boolean {
    const invoker = this.invoker();
    if (!invoker.isWritable || typeof key === "symbol") return false;
    invoker.invoke(Kind.set, this.base, join(this.path, key), [value]);
    return true;
  }

  defineProperty(): boolean {
    return false;
  }

  deleteProperty(): boolean {
    return false;
  }

  preventExtensions(): boolean {
    return false;
  }

  setPrototypeOf(): boolean {
    return false;
  }

  protected operate(kind: Kind, args: readonly unknown[]): object {
    return this.invoker().invoke(kind, this.base, this.path, args);
  }

  protected abstract member(key: string): unknown;

  /** What it is as a primitive value, in a template or a comparison. */
  protected abstract toText(): string;
}

/** The path of a member of what is at a path. */
export function join(path: MemberPath, key: string): MemberPath {
  if (typeof path === "string") return [path, key];
  return path.length === 0 ? key : [...path, key];
}

/** The error of using what is on the other side as if it were here. */
export function notHere(label: string): LeaseholdError {
  const message = `${label} is on the other side: await it to have its value.`;
  return new LeaseholdError("DataError", "not-a-value", message);
}
