import type { Account } from "./account.js";
import { fromHost, HOST, type Way } from "./way.js";

/** Why something is still loaded, by kind. */
export type LeaseKind =
  | "pin"
  | "instance"
  | "collection"
  | "type"
  | "builder"
  | "dependent"
  | "binding"
  | "handle"
  | "reflection"
  | "call"
  | "callback"
  | "view"
  | "activity";

/** One tracked reference that keeps a unit loaded, as data: it holds nothing. */
export interface LeaseSnapshot {
  /** Of this lease alone, for as long as the host lives; `Host.release` takes it. */
  id: number;
  kind: LeaseKind;
  /** Id of the unit that it keeps loaded. */
  unit: string;
  /** "host", or the id of the unit that holds it. */
  holder: string;
  /** What a person calls it, e.g. "Point", or "render() running 6.8 s". */
  label: string;
  /** From a root to the lease, by what a person calls each step. */
  path: string[];
  /** Epoch milliseconds. */
  since: number;
  /** Where in the caller's code it was taken, file:line; with `diagnostics` alone. */
  site?: string;
}

/** What a lease is taken for. */
export interface Held {
  /** Has who holds it let go, and its lease with it. */
  letGo(): void;
  /** Whether the garbage collector has found already that nobody uses it; it will be let go of soon. */
  readonly isCollected?: boolean;
}

/** What a lease was reached through, and that in its turn; it may be gone. */
export interface LeaseStep {
  readonly label: string;
  readonly parent?: LeaseStep | undefined;
}

export interface LeaseEntry {
  kind: LeaseKind;
  label: string;
  /** The unit that holds it; undefined: the page. */
  holder?: Account | undefined;
  /** What it was reached through, another lease as a rule: a step of its path. */
  parent?: LeaseStep | undefined;
  held?: Held | undefined;
  /** Whether it ends by itself once its holder is garbage, so that it may be part of a cycle that only the collector sees. */
  isTracked?: boolean;
  /** Whether nobody can let go of it but by going: what its holder is made of. */
  isFixed?: boolean;
  site?: string | undefined;
}

/** One tracked reference that keeps a unit loaded, as its holder has it. */
export class Lease {
  readonly id: number;
  readonly account: Account;
  readonly holder: Account | undefined;
  readonly parent: LeaseStep | undefined;
  readonly held: Held | undefined;
  readonly isTracked: boolean;
  readonly #isFixed: boolean;
  /** By which the snapshot has its path. */
  #way: Way;
  #snapshot: LeaseSnapshot;

  /** To be made by the account, which enters it. */
  constructor(id: number, account: Account, entry: LeaseEntry) {
    const { kind, label, holder, parent, held, isTracked, isFixed, site } = entry;
    this.id = id;
    this.account = account;
    this.holder = holder;
    this.parent = parent;
    this.held = held;
    this.isTracked = isTracked ?? false;
    this.#isFixed = isFixed ?? false;
    this.#way = this.#wayNow;
    const path = pathOf(this.#way, parent, label);
    // It is made once, for who asks for a hundred thousand of them must not wait for that. So nobody may write to it.
    this.#snapshot = { id, kind, unit: account.unit, holder: holder?.unit ?? HOST, label, path, since: Date.now() };
    if (site !== undefined) this.#snapshot.site = site;
    Object.freeze(this.#snapshot);
  }

  get kind(): LeaseKind {
    return this.#snapshot.kind;
  }

  get label(): string {
    return this.#snapshot.label;
  }

  /** What it is as data: the same object, until its path changes. */
  get snapshot(): LeaseSnapshot {
    const way = this.#wayNow;
    if (way !== this.#way) {
      this.#way = way;
      this.#change({ path: pathOf(way, this.parent, this.label) });
    }
    return this.#snapshot;
  }

  get #wayNow(): Way {
    return this.holder ? this.holder.way : fromHost;
  }

  /** Says where in the page's code it was taken, if that is not known yet. */
  noteSite(site: string): void {
    if (this.#snapshot.site === undefined) this.#change({ site });
  }

  /** Whether it is held by the page, or by the unit itself, so that nothing else has to be alive for it. */
  get isRoot(): boolean {
    return this.holder === undefined || this.holder === this.account;
  }

  /** Whether nobody can let go of it: a unit that never goes holds itself, and one that requires another one holds that. */
  get isFixed(): boolean {
    return this.#isFixed || (this.kind === "pin" && this.account.isPermanent);
  }

  /** Lets go; idempotent. */
  release(): void {
    this.account.release(this);
  }

  /** Has its holder let go, who finds out when it uses what it held. */
  revoke(): void {
    this.held?.letGo();
    this.release();
  }

  #change(changed: Partial<LeaseSnapshot>): void {
    this.#snapshot = Object.freeze({ ...this.#snapshot, ...changed });
  }
}

function pathOf(way: Way, parent: LeaseStep | undefined, label: string): string[] {
  if (!parent) return way.to(label);
  const steps = [label];
  for (let at: LeaseStep | undefined = parent; at; at = at.parent) steps.unshift(at.label);
  return Object.freeze([...way.steps, ...steps]) as string[];
}
