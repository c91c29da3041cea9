import { releaseProxy } from "comlink";
import { DISPOSE } from "../../dispose.js";
import { Kind, type MemberPath } from "../wire/protocol.js";
import { Handler, join } from "./handler.js";
import type { Base, Invoker } from "./invoker.js";
import { nameOf } from "./name-of.js";

/** A member of something remote: it can be called, constructed, awaited, and walked on from. */
export class Member extends Handler {
  readonly base: Base;
  readonly path: MemberPath;
  readonly #invoker: () => Invoker;
  #members: Map<string, object> | undefined;

  constructor(invoker: () => Invoker, base: Base, path: MemberPath) {
    super();
    this.#invoker = invoker;
    this.base = base;
    this.path = path;
  }

  get label(): string {
    return nameOf(Kind.get, this.path);
  }

  invoker(): Invoker {
    return this.#invoker();
  }

  /** Reads it; the promise of what it is. */
  read(): Promise<unknown> {
    return this.operate(Kind.get, []) as Promise<unknown>;
  }

  protected own(key: string | symbol): unknown {
    if (key === "then" || key === "catch" || key === "finally") {
      return (...handlers: never[]) => (this.read()[key] as (...handlers: never[]) => unknown)(...handlers);
    }
    // Functions are often bound out of habit; there is nothing to bind over there.
    if (key === "bind") return () => this.proxy;
    // What it is a member of is let go of as a whole.
    if (key === releaseProxy || key === DISPOSE) return () => {};
    return undefined;
  }

  protected member(key: string): unknown {
    this.#members ??= new Map();
    let member = this.#members.get(key);
    if (!member) this.#members.set(key, (member = new Member(this.#invoker, this.base, join(this.path, key)).proxy));
    return member;
  }
}
