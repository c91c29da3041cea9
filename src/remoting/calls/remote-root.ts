import { releaseProxy } from "comlink";
import type { MemberPath, Target } from "../wire/protocol.js";
import { Handler, WHOLE } from "./handler.js";
import type { Invoker } from "./invoker.js";
import { iterate } from "./iterate.js";
import { Member } from "./member.js";

export interface RemoteOptions {
  /** Lets go of what it stands for. */
  release(): void;
  /** Lets go of one occurrence of it. */
  giveBack?(): void;
  /** What it is called over there. */
  name?: string;
  /** Whether it can be iterated over. */
  isIterable?: boolean;
  /** Properties that are answered here, e.g. Comlink's. */
  extra?: ((remote: RemoteRoot) => Readonly<Record<symbol, unknown>>) | undefined;
}

/** Something of the other side's as a whole: what is exposed under a number, or what a reference was received to. */
export class RemoteRoot extends Handler {
  readonly base: Target;
  readonly path: MemberPath = WHOLE;
  readonly #invoker: () => Invoker;
  readonly #options: RemoteOptions;
  readonly #members = new Map<string, object>();

  /** @param invoker gives who takes its operations at the moment */
  constructor(invoker: () => Invoker, target: Target, options: RemoteOptions) {
    super();
    this.#invoker = invoker;
    this.base = target;
    this.#options = options;
  }

  get label(): string {
    return `[remote ${this.#options.name ?? "object"}]`;
  }

  invoker(): Invoker {
    return this.#invoker();
  }

  release(): void {
    this.#options.release();
  }

  /** Lets go of one occurrence of it, which nobody got to see; other messages may have brought it, too. */
  giveBack(): void {
    this.#options.giveBack?.();
  }

  protected own(key: string | symbol): unknown {
    if (typeof key === "symbol") {
      if (key === Symbol.dispose || key === releaseProxy) return () => this.release();
      if (key === Symbol.asyncIterator && this.#options.isIterable) return () => iterate(this);
      return this.#options.extra?.(this)[key];
    }
    return key === "bind" ? () => this.proxy : undefined;
  }

  protected override toText(): string {
    return this.label;
  }

  protected member(key: string): unknown {
    // The whole is no promise, or nobody could return it from an async function.
    if (key === "then") return undefined;
    let member = this.#members.get(key);
    if (!member) this.#members.set(key, (member = new Member(this.#invoker, this.base, key).proxy));
    return member;
  }
}
