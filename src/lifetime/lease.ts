import type { Account } from "./account.js";

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

export interface LeaseEntry {
  kind: LeaseKind;
  label: string;
  /** The unit that holds it; undefined: the page. */
  holder?: Account | undefined;
  /** The lease that this one was reached through, which is a step of its path. */
  parent?: Lease | undefined;
  held?: Held | undefined;
  /** Whether it ends by itself once its holder is garbage, so that it may be part of a cycle that only the collector sees. */
  isTracked?: boolean;
  site?: string | undefined;
}

/** One tracked reference that keeps a unit loaded, as its holder has it. */
export class Lease {
  readonly id: number;
  readonly kind: LeaseKind;
  readonly label: string;
  readonly account: Account;
  readonly holder: Account | undefined;
  readonly parent: Lease | undefined;
  readonly held: Held | undefined;
  readonly isTracked: boolean;
  /** Epoch milliseconds. */
  readonly since = Date.now();
  site: string | undefined;

  /** To be made by the account, which enters it. */
  constructor(id: number, account: Account, entry: LeaseEntry) {
    this.id = id;
    this.account = account;
    this.kind = entry.kind;
    this.label = entry.label;
    this.holder = entry.holder;
    this.parent = entry.parent;
    this.held = entry.held;
    this.isTracked = entry.isTracked ?? false;
    this.site = entry.site;
  }

  /** Whether it is held by the page, or by the unit itself, so that nothing else has to be alive for it. */
  get isRoot(): boolean {
    return this.holder === undefined || this.holder === this.account;
  }

  /** Whether nobody can let go of it: a unit that never goes holds itself. */
  get isFixed(): boolean {
    return this.kind === "pin" && this.account.isPermanent;
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
}
