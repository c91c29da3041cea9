import { LeaseholdError } from "../errors.js";
import type { Domain } from "../domain/index.js";
import {
  Report,
  Unloading,
  type Account,
  type Collector,
  type Lease,
  type Ledger,
  type Receipt,
  type Released,
  type Unloadable,
  type UnloadOptions,
  type WhyAlive,
} from "../lifetime/index.js";
import type { Limits } from "../policy/index.js";
import {
  createRefuser,
  createRemote,
  Targets,
  type HostControl,
  type Inside,
  type Invoker,
  type Planned,
  type Remote,
  type Settled,
  type Synchronous,
} from "../remoting/index.js";
import type { Grant, Isolation, UnitManifest } from "../unit/index.js";
import { gone, goneBecause } from "./gone.js";
import { createHostControl } from "./host-control.js";
import { sourceOf } from "./source-of.js";
import { runFinalizers } from "./run-finalizers.js";
import type { Collectible, HostEvents, Unit, UnitSnapshot, UnitState } from "./types.js";
import { ViewSlot } from "./view-slot.js";

export interface LoadedUnitOptions {
  id: string;
  manifest: UnitManifest;
  isolation: Isolation;
  collectible: Collectible;
  grant: Grant;
  limits: Limits & { finalizers: number };
  /** Milliseconds that a call may take, where the page has said so. */
  callTimeout: number | undefined;
  ledger: Ledger;
  collector: Collector;
  emit<K extends keyof HostEvents>(type: K, detail: HostEvents[K]): void;
  /** Ends the load while it is going on. */
  cancelLoad(reason: LeaseholdError): void;
  /** The unit has gone; called once. */
  onGone(receipt: Receipt): void;
}

const nothing = { frames: 0, workers: 0, urls: 0, ports: 0 };

/** A unit from its load to its end; see `Unit` for what its users may rely on. */
export class LoadedUnit<T extends object = Record<string, unknown>> extends EventTarget implements Unit<T> {
  readonly id: string;
  readonly manifest: UnitManifest;
  readonly isolation: Isolation;
  readonly collectible: Collectible;
  readonly grant: Grant;
  readonly exports: Remote<T>;
  readonly unloaded: Promise<Receipt>;
  /** What the unit's domain may call. */
  readonly hostControl: HostControl;
  /** Resolves when the unit is linked, if it has to be activated then. */
  readonly linked: Promise<void>;

  readonly #options: LoadedUnitOptions;
  readonly #account: Account;
  readonly #view: ViewSlot;
  readonly #inside: Remote<Inside>;
  /** Takes the place of the session where exports are not open. */
  readonly #refuser = createRefuser((label) => this.#closed(label));
  readonly #resolveUnloaded: (receipt: Receipt) => void;
  readonly #since = performance.now();
  #state: UnitState = "loading";
  #failure: unknown;
  #domain: Domain | undefined;
  readonly #pin: Lease;
  #unloading: Unloading | undefined;
  /** Calls of the unit that were rejected when its domain was lost. */
  #lostCalls = 0;

  constructor(options: LoadedUnitOptions) {
    super();
    this.#options = options;
    this.id = options.id;
    this.manifest = options.manifest;
    this.isolation = options.isolation;
    this.collectible = options.collectible;
    this.grant = options.grant;
    const account = options.ledger.open(options.id);
    account.isPermanent = options.collectible === false;
    this.#account = account;
    this.#pin = account.take({ kind: "pin", label: this.id, held: { letGo: () => this.#letGo() } });
    this.#view = new ViewSlot(options.manifest, account);
    ({ promise: this.unloaded, resolve: this.#resolveUnloaded } = Promise.withResolvers<Receipt>());
    const invoker = (): Invoker => this.#openDomain?.session.invoker ?? this.#refuser;
    this.exports = createRemote<T>(invoker, Targets.exports);
    this.#inside = createRemote<Inside>(invoker, Targets.inside);
    const linked = Promise.withResolvers<void>();
    this.linked = linked.promise;
    this.hostControl = createHostControl({
      onLinked: linked.resolve,
      account,
      onLog: (level, args) => options.emit("log", { unit: this as Unit, level, args }),
      onHeight: (height) => this.#view.resized(height),
      onUrls: (live, made) => this.#domain && Object.assign(this.#domain.urls, { live, made }),
    });
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

  /** Gives the unit its domain, which it owns from then on. */
  enter(domain: Domain): void {
    this.#domain = domain;
    domain.session.enter(this.#account);
    domain.session.limitTime(this.#options.callTimeout);
    void domain.lost.then((what) => this.#crash(domain, goneBecause(this.id, "domain-lost", what)));
    // A session closes by itself when the other side breaks the protocol; it has rejected what was pending then.
    void domain.session.closed.then((reason) => this.#crash(domain, () => reason, domain.session.close(reason)));
  }

  /** The load has succeeded. */
  activated(): void {
    this.#setState("active");
    if (this.collectible === "auto") this.#options.collector.watch(this.#account, () => this.#begin("collected"));
  }

  /** The load has failed. */
  abandon(error: unknown): void {
    this.#fail(error instanceof LeaseholdError && error.code === "load-aborted" ? "requested" : "crash", error);
  }

  whyAlive(): WhyAlive {
    return new Report(this.#account, this.#options.ledger, {
      state: this.#state,
      askedAt: this.#unloading?.askedAt,
      isWilling: this.#unloading !== undefined || this.collectible === "auto",
    });
  }

  snapshot(): UnitSnapshot {
    const { id, isolation, grant } = this;
    const leases = this.#account.leases.size + (this.#account.calls?.size ?? 0);
    return { id, state: this.#state, isolation, grant, leases, pending: this.#domain?.session.pending ?? 0 };
  }

  release(): void {
    if (this.collectible === "auto") this.#pin.release();
  }

  unload(options: UnloadOptions = {}): Promise<Receipt> {
    return this.collectible === false && this.#state !== "loading"
      ? Promise.reject(this.#permanent())
      : this.#unload(options);
  }

  /** Takes the unit back by force, whatever its life. */
  end(): Promise<Receipt> {
    return this.#unload({ mode: "force" });
  }

  #unload(options: UnloadOptions): Promise<Receipt> {
    if (this.#state === "loading") {
      const message = `${this.id} was unloaded while it was being loaded.`;
      this.#options.cancelLoad(new LeaseholdError("LoadError", "load-aborted", message, { unit: this.id }));
    }
    if (this.#state !== "active" && !this.#unloading) return this.unloaded;
    return (this.#unloading ?? this.#beginAsked()).join(options);
  }

  #beginAsked(): Unloading {
    const unloading = this.#begin("requested");
    this.#options.collector.add(unloading);
    return unloading;
  }

  #begin(reason: Receipt["reason"]): Unloading {
    this.#unloading = this.#createUnloading(reason);
    void this.#unloading.receipt.then((receipt) => this.#report(receipt));
    this.#unloading.begin();
    return this.#unloading;
  }

  chunk<const R>(plan: (exports: Planned<T>) => Synchronous<R>): Promise<Settled<R>> {
    const session = this.#openDomain?.session;
    if (!session) return Promise.reject(this.#closed("chunk()"));
    return session.chunk(Targets.exports, plan as (root: never) => unknown) as Promise<Settled<R>>;
  }

  async inside<A extends unknown[], R>(
    fn: (exports: { [K in keyof T]: T[K] }, ...args: A) => R,
    ...args: A
  ): Promise<Awaited<R>> {
    const source = sourceOf(fn);
    return (await this.#inside.inside(source, args)) as Awaited<R>;
  }

  async mount(container: Element): Promise<{ element: HTMLElement; unmount(): void }> {
    const domain = this.#openDomain;
    if (!domain) throw this.#closed("mount()");
    return this.#view.mount(domain, container);
  }

  /** Shows the view from the start, while the unit is loading. */
  show(container: Element): void {
    if (this.#domain) this.#view.show(this.#domain, container);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.unload();
  }

  /** The domain, while exports are open. */
  get #openDomain(): Domain | undefined {
    return this.#state === "active" ? this.#domain : undefined;
  }

  #closed(label: string): LeaseholdError {
    return gone(this.id, "unit-unloaded", `its state is "${this.#state}"`, label);
  }

  #createUnloading(reason: Receipt["reason"]): Unloading {
    const { collector, limits } = this.#options;
    const forced = goneBecause(this.id, "unit-unloaded", "it was unloaded by force");
    const unit: Unloadable = {
      id: this.id,
      account: this.#account,
      setState: (state) => this.#setState(state),
      leave: () => this.#leave(),
      whyAlive: () => this.whyAlive(),
      rejectCalls: () => this.#domain?.session.abandon(forced) ?? 0,
      finalize: async () => (this.#domain ? runFinalizers(this.id, this.#domain, limits.finalizers) : []),
      remove: () => this.#remove(goneBecause(this.id, "unit-unloaded", "it was unloaded")),
    };
    return new Unloading(unit, collector, reason);
  }

  /** Releases the pin for somebody who has seen it in a report. */
  #letGo(): void {
    if (this.collectible === "auto") this.#pin.release();
    // What still holds it is told to who asks for it.
    else if (this.collectible === "explicit") this.unload({ deadline: Infinity }).catch(() => {});
  }

  #permanent(): LeaseholdError {
    const message = `${this.id} was loaded with collectible false, so it stays as long as its host: call host.dispose(), or load it with "explicit" or "auto".`;
    return new LeaseholdError("NotSupportedError", "unit-permanent", message, { unit: this.id });
  }

  #setState(state: UnitState): void {
    this.#state = state;
    this.dispatchEvent(new Event("statechange"));
  }

  #leave(): void {
    this.#pin.release();
    // The guest may be gone; then there is nobody to tell.
    this.#domain?.control.leave().catch(() => {});
  }

  #remove(reason: (label: string) => unknown): { rejectedCalls: number; released: Released } {
    const domain = this.#domain;
    this.#domain = undefined;
    const rejectedCalls = this.#lostCalls + (domain?.session.abandon(reason) ?? 0);
    const released = domain?.close(reason) ?? nothing;
    this.#view.clear();
    this.#options.ledger.close(this.#account);
    return { rejectedCalls, released };
  }

  #crash(domain: Domain, reasonFor: (label?: string) => unknown, rejectedCalls?: number): void {
    if (this.#domain !== domain) return;
    const releasedBefore = this.#account.released;
    this.#lostCalls = rejectedCalls ?? domain.session.abandon(reasonFor);
    domain.session.close(reasonFor);
    const error = reasonFor();
    if (this.#state === "loading") this.#options.cancelLoad(this.#lostInLoad(error));
    else if (this.#state === "active") this.#fail("crash", error, releasedBefore);
    // On its way out: what it, or a view of it, still held has gone with the domain, and must not be waited for.
    else this.#account.clear();
  }

  #lostInLoad(cause: unknown): LeaseholdError {
    const message = `${this.id} was lost as it was loaded: ${cause instanceof Error ? cause.message : String(cause)}`;
    return new LeaseholdError("LoadError", "domain-lost", message, { unit: this.id, cause });
  }

  #fail(reason: Receipt["reason"], error: unknown, releasedBefore = this.#account.released): void {
    const wasActive = this.#state === "active";
    this.#options.collector.forget(this.#account);
    const { rejectedCalls, released: freed } = this.#remove(() => error);
    const released = { ...freed, leases: this.#account.released - releasedBefore };
    this.#failure = error;
    this.#setState("failed");
    if (wasActive) this.#options.emit("crash", { unit: this as Unit, error });
    const duration = performance.now() - this.#since;
    this.#report({ unit: this.id, reason, duration, released, rejectedCalls, finalizerErrors: [] });
  }

  #report(receipt: Receipt): void {
    this.#options.onGone(receipt);
    this.#options.emit("unload", { unit: this as Unit, receipt });
    this.#resolveUnloaded(receipt);
  }
}
