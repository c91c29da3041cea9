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

  /** What a person calls it. */
  abstract readonly label: string;

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

  /** Waits for it no more, where it is a call. */
  giveUp(): void {}

  /** Lets go of what it stands for; a member has nothing of its own to let go of. */
  release(): void {}

  /** It was let go of, by whoever that was: it keeps nothing any more, though somebody may have it still. */
  ended(): void {}

  /** Lets go of one occurrence of it, which nobody got to see; other messages may have brought it, too. */
  giveBack(_isAside: boolean): void {}

  /** One occurrence of it is kept for another session's other side, and holds nothing until that asks for it. */
  setAside(): void {}

  /** It came as the result of a call that was made there. */
  noteSite(_site: string): void {}

  get(_target: unknown, key: string | symbol): unknown {
    if (key === handlerKey) return this;
    if (key === Symbol.toPrimitive) return () => this.toText();
    const own = this.own(key);
    if (own !== undefined || typeof key === "symbol") return own;
    return this.member(key);
  }

  apply(_target: unknown, self: unknown, args: unknown[]): unknown {
    // JSON.stringify calls toJSON() with the key at which it found what it is to copy, and takes a promise for the copy.
    if (typeof args[0] === "string" && lastOf(this.path) === "toJSON") handlerOf(self)?.refuse("made JSON");
    return this.operate(Kind.call, args);
  }

  construct(_target: unknown, args: unknown[], newTarget: { name?: unknown }): object {
    if (newTarget !== this.proxy) {
      const { name } = newTarget;
      const message =
        `${typeof name === "string" && name ? name : "A class"} cannot extend ${this.label}, which is on the other side, as are the instances ` +
        'that "new" makes of it. Keep one of them in a class of your own instead.';
      throw new LeaseholdError("NotSupportedError", "remote-subclass", message);
    }
    return this.operate(Kind.construct, args);
  }

  /** Whoever lists its properties wants to copy them; those of the function that it is a proxy of are not its own. */
  ownKeys(): never {
    return this.refuse("spread or listed");
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
  protected toText(): string {
    return this.refuse("used as a value");
  }

  /** @throws LeaseholdError as what it stands for is not here, and crosses by reference */
  protected refuse(how: string): never {
    const message = `${this.label} is on the other side and cannot be ${how}: await it, or what you need of it, to have a value.`;
    throw new LeaseholdError("DataError", "not-a-value", message);
  }
}

/** The path of a member of what is at a path. */
export function join(path: MemberPath, key: string): MemberPath {
  if (typeof path === "string") return [path, key];
  return path.length === 0 ? key : [...path, key];
}

function lastOf(path: MemberPath): string | undefined {
  return typeof path === "string" ? path : path.at(-1);
}
