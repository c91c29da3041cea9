import { LeaseholdError } from "../errors.js";
import type { Domain } from "../domain/index.js";
import { Unloading, type Lease, type Ledger, type Receipt, type UnloadOptions } from "../lifetime/index.js";
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
import { holdersGone, holdersOf } from "./holders.js";
import { createHostControl } from "./host-control.js";
import { sourceOf } from "./source-of.js";
import { runFinalizers } from "./run-finalizers.js";
import type { HostEvents, Unit, UnitState } from "./types.js";
import { ViewSlot } from "./view-slot.js";

export interface LoadedUnitOptions {
  id: string;
  manifest: UnitManifest;
  isolation: Isolation;
  grant: Grant;
  limits: Limits & { finalizers: number };
  /** Milliseconds that a call may take, where the page has said so. */
  callTimeout: number | undefined;
  ledger: Ledger;
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
  readonly grant: Grant;
  readonly exports: Remote<T>;
  readonly unloaded: Promise<Receipt>;
  /** What the unit's domain may call. */
  readonly hostControl: HostControl;
  /** Resolves when the unit is linked, if it has to be activated then. */
  readonly linked: Promise<void>;

  readonly #options: LoadedUnitOptions;
  readonly #view: ViewSlot;
  readonly #inside: Remote<Inside>;
  /** Takes the place of the session where exports are not open. */
  readonly #refuser = createRefuser((label) => this.#closed(label));
  readonly #resolveUnloaded: (receipt: Receipt) => void;
  readonly #since = performance.now();
  #state: UnitState = "loading";
  #failure: unknown;
  #domain: Domain | undefined;
  #pin: Lease | undefined;
  #unloading: Unloading | undefined;
  #leasesAtLeave: number | undefined;
  /** Calls of the unit that were rejected when its domain was lost. */
  #lostCalls = 0;

  constructor(options: LoadedUnitOptions) {
    super();
    this.#options = options;
    this.id = options.id;
    this.manifest = options.manifest;
    this.isolation = options.isolation;
    this.grant = options.grant;
    this.#view = new ViewSlot(options.id, options.manifest, options.ledger);
    ({ promise: this.unloaded, resolve: this.#resolveUnloaded } = Promise.withResolvers<Receipt>());
    const invoker = (): Invoker => this.#openDomain?.session.invoker ?? this.#refuser;
    this.exports = createRemote<T>(invoker, Targets.exports);
    this.#inside = createRemote<Inside>(invoker, Targets.inside);
    const linked = Promise.withResolvers<void>();
    this.linked = linked.promise;
    this.hostControl = createHostControl({
      onLinked: linked.resolve,
      unit: this.id,
      ledger: options.ledger,
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
    domain.session.limitTime(this.#options.callTimeout);
    void domain.lost.then((what) => this.#crash(domain, goneBecause(this.id, "domain-lost", what)));
    // A session closes by itself when the other side breaks the protocol; it has rejected what was pending then.
    void domain.session.closed.then((reason) => this.#crash(domain, () => reason, domain.session.close(reason)));
  }

  /** The load has succeeded. */
  activated(): void {
    this.#pin = this.#options.ledger.take({ kind: "pin", unit: this.id, holder: "host", label: this.id });
    this.#setState("active");
  }

  /** The load has failed. */
  abandon(error: unknown): void {
    this.#fail(error instanceof LeaseholdError && error.code === "load-aborted" ? "requested" : "crash", error);
  }

  unload(options: UnloadOptions = {}): Promise<Receipt> {
    if (this.#state === "loading") {
      const message = `${this.id} was unloaded while it was being loaded.`;
      this.#options.cancelLoad(new LeaseholdError("LoadError", "load-aborted", message, { unit: this.id }));
    }
    if (this.#state !== "active" && !this.#unloading) return this.unloaded;
    if (!this.#unloading) {
      this.#unloading = this.#createUnloading();
      void this.#unloading.start().then((receipt) => this.#report(receipt));
    }
    return this.#unloading.join(options);
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

  #createUnloading(): Unloading {
    const { ledger, limits } = this.#options;
    const forced = goneBecause(this.id, "unit-unloaded", "it was unloaded by force");
    return new Unloading({
      id: this.id,
      setState: (state) => this.#setState(state),
      leave: () => this.#leave(),
      holders: () => holdersOf(this.id, ledger, this.#domain),
      clear: () => holdersGone(this.id, ledger, this.#domain),
      rejectCalls: () => this.#domain?.session.abandon(forced) ?? 0,
      finalize: async () => (this.#domain ? runFinalizers(this.id, this.#domain, limits.finalizers) : []),
      remove: () => this.#remove(goneBecause(this.id, "unit-unloaded", "it was unloaded")),
    });
  }

  #setState(state: UnitState): void {
    this.#state = state;
    this.dispatchEvent(new Event("statechange"));
  }

  #leave(): void {
    this.#leasesAtLeave = this.#options.ledger.of(this.id).length;
    this.#pin?.release();
    // The guest may be gone; then there is nobody to tell.
    this.#domain?.control.leave().catch(() => {});
  }

  #remove(reason: (label: string) => unknown): { rejectedCalls: number; released: Receipt["released"] } {
    const { ledger } = this.#options;
    const domain = this.#domain;
    this.#domain = undefined;
    const held = this.#leasesAtLeave ?? ledger.of(this.id).length;
    const rejectedCalls = this.#lostCalls + (domain?.session.abandon(reason) ?? 0);
    const released = domain?.close(reason) ?? nothing;
    this.#view.clear();
    ledger.releaseAll(this.id);
    const leases = held - ledger.of(this.id).length;
    return { rejectedCalls, released: { ...released, leases } };
  }

  #crash(domain: Domain, reasonFor: (label?: string) => unknown, rejectedCalls?: number): void {
    if (this.#domain !== domain) return;
    this.#lostCalls = rejectedCalls ?? domain.session.abandon(reasonFor);
    domain.session.close(reasonFor);
    const error = reasonFor();
    if (this.#state === "loading") this.#options.cancelLoad(this.#lostInLoad(error));
    else if (this.#state === "active") this.#fail("crash", error);
    // On its way out: what it, or a view of it, still held has gone with the domain, and must not be waited for.
    else this.#options.ledger.releaseAll(this.id);
  }

  #lostInLoad(cause: unknown): LeaseholdError {
    const message = `${this.id} was lost as it was loaded: ${cause instanceof Error ? cause.message : String(cause)}`;
    return new LeaseholdError("LoadError", "domain-lost", message, { unit: this.id, cause });
  }

  #fail(reason: Receipt["reason"], error: unknown): void {
    const wasActive = this.#state === "active";
    const { rejectedCalls, released } = this.#remove(() => error);
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
