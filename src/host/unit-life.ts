import type { Domain } from "../domain/index.js";
import { LeaseholdError } from "../errors.js";
import {
  Report,
  Retention,
  Unloading,
  type Account,
  type Collector,
  type Lease,
  type Ledger,
  type Receipt,
  type Released,
  type UnitState,
  type UnloadOptions,
  type WhyAlive,
} from "../lifetime/index.js";
import { limitOf, type Limits, type SessionLimit, type SessionLimits } from "../policy/index.js";
import { gone, goneBecause } from "./gone.js";
import { domainless, lostInLoad, permanent } from "./life-errors.js";
import { runFinalizers } from "./run-finalizers.js";
import type { Collectible } from "./types.js";

export interface UnitLifeOptions {
  /** Of the unit. */
  id: string;
  collectible: Collectible;
  limits: Limits & { finalizers: number };
  /** What its domain is held to. */
  sessionLimits: SessionLimits;
  /** Milliseconds that a call may take, where the page has said so. */
  callTimeout: number | undefined;
  /** Where in the page's code the unit was loaded. */
  site: string | undefined;
  ledger: Ledger;
  collector: Collector;
  /** Ends the load while it is going on. */
  cancelLoad(reason: LeaseholdError): void;
}

/** What a unit does about the turns of its life. */
export interface LifeListeners {
  onState(): void;
  /** Its domain is gone. */
  onRemoved(): void;
  /** It has passed a limit, or was refused what it tried, and is ended for that. */
  onViolation(violation: { limit: SessionLimit } | { vector: string }): void;
  onCrash(error: unknown): void;
  /** The unit has gone; called once. */
  onGone(receipt: Receipt): void;
}

const nothing = { frames: 0, workers: 0, urls: 0, ports: 0 };

/** A unit's life: its state, its domain, its account in the ledger, and its end, whichever way that comes. */
export class UnitLife {
  readonly account: Account;
  readonly unloaded: Promise<Receipt>;
  readonly #options: UnitLifeOptions;
  readonly #listeners: LifeListeners;
  readonly #pin: Lease;
  readonly #resolveUnloaded: (receipt: Receipt) => void;
  readonly #since = performance.now();
  #state: UnitState = "loading";
  #failure: unknown;
  #domain: Domain | undefined;
  #unloading: Unloading | undefined;
  #retention: Retention | undefined;
  /** Why the unit fails, if it does. */
  #failing: Receipt["reason"] = "crash";
  /** Calls of the unit that were rejected when its domain was lost. */
  #lostCalls = 0;

  constructor(options: UnitLifeOptions, listeners: LifeListeners) {
    const { id, collectible, site, ledger } = options;
    this.#options = options;
    this.#listeners = listeners;
    this.account = ledger.open(id);
    this.account.isPermanent = collectible === false;
    this.#pin = this.account.take({ kind: "pin", label: id, site, held: { letGo: () => this.#letGo() } });
    ({ promise: this.unloaded, resolve: this.#resolveUnloaded } = Promise.withResolvers<Receipt>());
  }

  get state(): UnitState {
    return this.#state;
  }

  get failure(): unknown {
    return this.#failure;
  }

  /** The domain, while there is one. */
  get domain(): Domain | undefined {
    return this.#domain;
  }

  /** The domain, while exports are open. */
  get openDomain(): Domain | undefined {
    return this.#state === "active" ? this.#domain : undefined;
  }

  /** The error of what cannot be done while exports are not open. */
  closed(label: string): LeaseholdError {
    if (this.#state === "active") return domainless(this.#id, label);
    return gone(this.#id, "unit-unloaded", `its state is "${this.#state}"`, label);
  }

  /** Gives the unit its domain, which it owns from then on. */
  enter(domain: Domain): void {
    this.#domain = domain;
    domain.session.enter(this.account);
    domain.session.limitTime(this.#options.callTimeout);
    domain.session.limit(this.#options.sessionLimits, true);
    void domain.lost.then(({ what, vector }) => {
      if (this.#domain === domain && vector !== undefined) this.#violate({ vector });
      this.#crash(domain, goneBecause(this.#id, "domain-lost", what));
    });
    // A session closes by itself when the other side breaks the protocol; it has rejected what was pending then.
    void domain.session.closed.then((reason) => this.#crash(domain, () => reason, domain.session.close(reason)));
  }

  /** The load has succeeded. */
  activated(): void {
    const { collectible, collector } = this.#options;
    this.#setState("active");
    if (collectible === "auto") collector.watch(this.account, () => this.#begin("collected"));
  }

  /** The load has failed. */
  abandon(error: unknown): void {
    const isAsked = error instanceof LeaseholdError && ["load-aborted", "host-disposed"].includes(error.code);
    const limit = limitOf(error);
    // It may be known here before its session's end is.
    if (limit && this.#failing !== "violation") this.#violate({ limit });
    this.#fail(isAsked ? "requested" : this.#failing, error);
  }

  whyAlive(): WhyAlive {
    return new Report(this.account, this.#options.ledger, {
      state: this.#state,
      askedAt: this.#unloading?.askedAt,
      isRetained: this.#retention?.isProven ?? false,
      isWilling: this.#unloading !== undefined || this.#options.collectible === "auto",
    });
  }

  /** Lets go of the page's own hold on an automatic unit. */
  release(): void {
    if (this.#options.collectible === "auto") this.#pin.release();
  }

  /** Takes the unit back; see `Unit.unload`. */
  unload(options: UnloadOptions): Promise<Receipt> {
    const isPermanent = this.#options.collectible === false && this.#state === "active";
    return isPermanent ? Promise.reject(permanent(this.#id)) : this.#unload(options);
  }

  /** Closes exports for who is about to take the unit back by force, when others have gone that hold it. */
  announceEnd(): void {
    if (this.#state === "active" && !this.#unloading) this.#options.collector.add(this.#begin("forced"));
    this.#unloading?.announceForce();
  }

  /** Takes the unit back by force, whatever its life. */
  end(): Promise<Receipt> {
    return this.#unload({ mode: "force" });
  }

  get #id(): string {
    return this.#options.id;
  }

  #unload(options: UnloadOptions): Promise<Receipt> {
    if (this.#state === "loading") {
      const message = `${this.#id} was unloaded while it was being loaded.`;
      this.#options.cancelLoad(new LeaseholdError("LoadError", "load-aborted", message, { unit: this.#id }));
    }
    if (this.#state === "active" && !this.#unloading) this.#options.collector.add(this.#begin("requested"));
    return this.#unloading?.join(options) ?? this.unloaded;
  }

  #begin(reason: Receipt["reason"]): Unloading {
    const { collector, limits } = this.#options;
    const forced = goneBecause(this.#id, "unit-unloaded", "it was unloaded by force");
    const unit = {
      id: this.#id,
      account: this.account,
      setState: (state: UnitState) => this.#setState(state),
      leave: () => this.#leave(),
      whyAlive: () => this.whyAlive(),
      rejectCalls: () => this.#domain?.session.abandon(forced) ?? 0,
      finalize: async () => (this.#domain ? runFinalizers(this.#id, this.#domain, limits.finalizers) : []),
      remove: () => this.#remove(goneBecause(this.#id, "unit-unloaded", "it was unloaded")),
    };
    this.#unloading = new Unloading(unit, collector, reason);
    void this.#unloading.receipt.then((receipt) => this.#report(receipt));
    this.#unloading.begin();
    return this.#unloading;
  }

  /** Releases the pin for somebody who has seen it in a report. */
  #letGo(): void {
    if (this.#options.collectible === "auto") this.#pin.release();
    // What still holds the unit is told to whoever waits for it.
    else this.unload({ deadline: Infinity }).catch(() => {});
  }

  #setState(state: UnitState): void {
    this.#state = state;
    this.#listeners.onState();
  }

  #leave(): void {
    this.#pin.release();
    // The guest may be gone; then there is nobody to tell.
    this.#domain?.control.leave().catch(() => {});
  }

  #remove(reason: (label: string) => unknown): { rejectedCalls: number; released: Released } {
    const domain = this.#domain;
    this.#domain = undefined;
    const realm = domain?.realm;
    if (realm) this.#retention = new Retention(realm);
    const rejectedCalls = this.#lostCalls + (domain?.session.abandon(reason) ?? 0);
    const released = domain?.close(reason) ?? nothing;
    this.#listeners.onRemoved();
    this.#options.ledger.close(this.account);
    return { rejectedCalls, released };
  }

  #violate(violation: Parameters<LifeListeners["onViolation"]>[0]): void {
    this.#failing = "violation";
    this.#listeners.onViolation(violation);
  }

  #crash(domain: Domain, reasonFor: (label?: string) => unknown, rejectedCalls?: number): void {
    if (this.#domain !== domain) return;
    const releasedBefore = this.account.released;
    this.#lostCalls = rejectedCalls ?? domain.session.abandon(reasonFor);
    domain.session.close(reasonFor);
    const error = reasonFor();
    const limit = limitOf(error);
    if (limit) this.#violate({ limit });
    if (this.#state === "loading")
      this.#options.cancelLoad(limit ? (error as LeaseholdError) : lostInLoad(this.#id, error));
    else if (this.#state === "active") this.#fail(this.#failing, error, releasedBefore);
    // On its way out: what it, or a view of it, still held has gone with the domain, and must not be waited for.
    else this.account.clear();
  }

  #fail(reason: Receipt["reason"], error: unknown, releasedBefore = this.account.released): void {
    const wasActive = this.#state === "active";
    this.#options.collector.forget(this.account);
    const { rejectedCalls, released: freed } = this.#remove(() => error);
    const released = { ...freed, leases: this.account.released - releasedBefore };
    this.#failure = error;
    this.#setState("failed");
    if (wasActive) this.#listeners.onCrash(error);
    const duration = performance.now() - this.#since;
    this.#report({ unit: this.#id, reason, duration, released, rejectedCalls, finalizerErrors: [] });
  }

  #report(receipt: Receipt): void {
    this.#listeners.onGone(receipt);
    this.#resolveUnloaded(receipt);
  }
}
