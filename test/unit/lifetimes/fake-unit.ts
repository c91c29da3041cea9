import {
  Report,
  Unloading,
  type Account,
  type CallInfo,
  type CallSource,
  type Collector,
  type Lease,
  type Ledger,
  type Receipt,
  type UnloadOptions,
  type WhyAlive,
} from "../../../src/lifetime/index.js";
import type { Life } from "./model.js";

export type FakeState = "active" | "unloading" | "finalizing" | "unloaded" | "failed";

/** What a world hears of a unit, in the moment in which it happens. */
export interface FakeUnitHooks {
  /** It is asked to go by what `act` does. */
  asked<T>(unit: FakeUnit, act: () => T): T;
  /** It goes, because it was asked to, or by itself. */
  begun(unit: FakeUnit, reason: Receipt["reason"]): void;
  /** The calls that others make of it are about to be rejected. */
  rejecting(unit: FakeUnit): void;
  finalizing(unit: FakeUnit): void;
  removing(unit: FakeUnit): void;
  changed(unit: FakeUnit): void;
  /** Somebody is told that it is held. */
  reported(unit: FakeUnit, report: WhyAlive): void;
  callEnded(call: CallInfo): void;
}

/** A unit without a domain: lives and goes as a real one does, but its calls and finalizers end when the world says so. */
export class FakeUnit implements CallSource {
  readonly kept = {};
  readonly account: Account;
  readonly pin: Lease;
  readonly unloaded = Promise.withResolvers<Receipt>();
  state: FakeState = "active";
  /** Ends the finalizers that are running. */
  endFinalizers: ((errors: unknown[]) => void) | undefined;
  isAnchored = false;
  readonly #calls = new Set<CallInfo>();
  #unloading: Unloading | undefined;
  #lostCalls = 0;

  constructor(
    readonly id: string,
    readonly life: Life,
    readonly ledger: Ledger,
    readonly collector: Collector,
    readonly hooks: FakeUnitHooks,
  ) {
    this.account = ledger.open(id);
    this.account.isPermanent = life === "permanent";
    this.pin = this.account.take({ kind: "pin", label: id, held: { letGo: () => this.#letGo() } });
    this.account.calls = this;
    this.account.onAnchor = () => (this.isAnchored = this.account.isAnchored);
    this.account.onAnchor();
    if (life === "auto") collector.watch(this.account, () => this.#begin("collected"));
  }

  get size(): number {
    return this.#calls.size;
  }

  describe(): CallInfo[] {
    return [...this.#calls];
  }

  /** @param holder who makes it; undefined: the page */
  call(holder: Account | undefined): CallInfo {
    const call: CallInfo = { key: {}, label: "call()", since: Date.now(), holder, cancel: () => this.endCall(call) };
    this.#calls.add(call);
    return call;
  }

  endCall(call: CallInfo): void {
    if (!this.#calls.delete(call)) return;
    this.hooks.callEnded(call);
    if (this.#calls.size === 0) this.account.settled();
  }

  release(): void {
    if (this.life === "auto") this.pin.release();
  }

  /** As if nobody had asked whether it is permanent. */
  unload(options: UnloadOptions): Promise<Receipt> {
    if (this.state !== "active" && !this.#unloading) return this.unloaded.promise;
    return this.hooks.asked(this, () => {
      if (!this.#unloading) this.collector.add(this.#begin("requested"));
      return (this.#unloading as unknown as Unloading).join(options);
    });
  }

  whyAlive(): WhyAlive {
    return new Report(this.account, this.ledger, {
      state: this.state,
      askedAt: this.#unloading?.askedAt,
      isWilling: this.#unloading !== undefined || this.life === "auto",
    });
  }

  /** Its domain is lost, and with it all calls, and what it held of others. */
  crash(): void {
    this.#lostCalls = this.#abandon();
    this.#close();
    if (this.state !== "active") return this.account.clear();
    this.collector.forget(this.account);
    const before = this.account.released;
    const { rejectedCalls, released } = this.#remove();
    this.state = "failed";
    this.unloaded.resolve({
      unit: this.id,
      reason: "crash",
      duration: 0,
      released: { ...released, leases: this.account.released - before },
      rejectedCalls,
      finalizerErrors: [],
    });
  }

  #report(): WhyAlive {
    const report = this.whyAlive();
    this.hooks.reported(this, report);
    return report;
  }

  #letGo(): void {
    if (this.life === "auto") this.pin.release();
    else if (this.life === "explicit") this.unload({ deadline: Infinity }).catch(() => {});
  }

  #begin(reason: Receipt["reason"]): Unloading {
    this.hooks.begun(this, reason);
    this.#unloading = new Unloading(
      {
        id: this.id,
        account: this.account,
        setState: (state) => this.#setState(state),
        leave: () => this.pin.release(),
        whyAlive: () => this.#report(),
        rejectCalls: () => {
          this.hooks.rejecting(this);
          return this.#abandon();
        },
        finalize: () => {
          this.hooks.finalizing(this);
          return new Promise((resolve) => (this.endFinalizers = resolve));
        },
        remove: () => this.#remove(),
      },
      this.collector,
      reason,
    );
    void this.#unloading.receipt.then(this.unloaded.resolve);
    this.#unloading.begin();
    return this.#unloading;
  }

  #setState(state: FakeState): void {
    this.state = state;
    this.hooks.changed(this);
  }

  /** Rejects the calls that others make of it; its own go on. */
  #abandon(): number {
    const calls = this.describe().filter(({ holder }) => holder !== this.account);
    for (const call of calls) this.endCall(call);
    return calls.length;
  }

  /** What a session does that closes: the unit's own calls end, and what it had borrowed is given back. */
  #close(): void {
    for (const call of this.describe()) this.endCall(call);
    for (const { leases } of this.account.holds.keys())
      for (const lease of leases) if (lease.holder === this.account) lease.revoke();
  }

  #remove(): { rejectedCalls: number; released: { frames: number; workers: number; urls: number; ports: number } } {
    this.hooks.removing(this);
    const rejectedCalls = this.#lostCalls + this.#abandon();
    this.#close();
    this.ledger.close(this.account);
    return { rejectedCalls, released: { frames: 1, workers: 0, urls: 0, ports: 1 } };
  }
}
