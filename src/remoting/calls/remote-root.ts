import { releaseProxy } from "comlink";
import { DISPOSE } from "../../dispose.js";
import type { Loan } from "../tables/loan.js";
import { Trait, type MemberPath, type Target } from "../wire/protocol.js";
import { Handler, join, WHOLE } from "./handler.js";
import type { Invoker } from "./invoker.js";
import { iterate } from "./iterate.js";
import { Member } from "./member.js";

const ITERABLE = Trait.iterable | Trait.asyncIterable | Trait.iterator;

export interface RemoteOptions {
  /** Lets go of what it stands for. */
  release(): void;
  /** Lets go of one occurrence of it. */
  giveBack?(isAside: boolean): void;
  /** Has one occurrence of it hold nothing. */
  setAside?(): void;
  noteSite?(site: string): void;
  /** What it is called over there. */
  name?: string;
  /** What it is, as bits of `Trait`. */
  traits?: number;
  /** Where in the target it is. Default: it is the target itself. */
  path?: MemberPath;
  /** What must not be collected before it, until it was let go of. */
  keeps?: object | undefined;
  loan?: Loan;
  /** Properties that are answered here, e.g. Comlink's. */
  extra?: ((remote: RemoteRoot) => Readonly<Record<symbol, unknown>>) | undefined;
}

/** Something of the other side's as a whole: what is exposed under a number, or what a reference was received to. */
export class RemoteRoot extends Handler {
  readonly base: Target;
  readonly path: MemberPath;
  readonly #invoker: () => Invoker;
  readonly #options: RemoteOptions;
  readonly #members = new Map<string, object>();
  /** Leads to this handler, and by its proxy to all that is kept with it: a member that was taken off needs that, too. */
  #reach: (() => Invoker) | undefined;

  /** @param invoker gives who takes its operations at the moment */
  constructor(invoker: () => Invoker, target: Target, options: RemoteOptions) {
    super();
    this.#invoker = invoker;
    this.base = target;
    this.#options = options;
    this.path = options.path ?? WHOLE;
  }

  get label(): string {
    return `[remote ${this.#options.name ?? "object"}]`;
  }

  invoker(): Invoker {
    return this.#invoker();
  }

  override get loan(): Loan | undefined {
    return this.#options.loan;
  }

  override get traits(): number {
    return this.#options.traits ?? 0;
  }

  override get name(): string {
    return this.#options.name ?? "";
  }

  override release(): void {
    this.#options.release();
  }

  override ended(): void {
    this.#options.keeps = undefined;
  }

  override noteSite(site: string): void {
    this.#options.noteSite?.(site);
  }

  override giveBack(isAside: boolean): void {
    this.#options.giveBack?.(isAside);
  }

  override setAside(): void {
    this.#options.setAside?.();
  }

  protected own(key: string | symbol): unknown {
    if (typeof key === "symbol") {
      if (key === DISPOSE || key === releaseProxy) return () => this.release();
      if (key === Symbol.asyncIterator && this.traits & ITERABLE) return () => iterate(this);
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
    if (member) return member;
    this.#reach ??= () => this.invoker();
    member = new Member(this.#reach, this.base, join(this.path, key)).proxy;
    this.#members.set(key, member);
    return member;
  }
}
