import { UnitCapabilities, type Services } from "../capability/index.js";
import type { Agreement } from "../contract/index.js";
import { ASYNC_DISPOSE } from "../dispose.js";
import type { Domain } from "../domain/index.js";
import type { Account, Receipt, UnitState, UnloadOptions, WhyAlive } from "../lifetime/index.js";
import {
  createRefuser,
  createRemote,
  Targets,
  type HostControl,
  type Inside,
  type Invoker,
  type Mirror,
  type Planned,
  type Remote,
  type Settled,
  type Synchronous,
} from "../remoting/index.js";
import { checkFunction, type Grant, type Isolation, type UnitManifest } from "../unit/index.js";
import { createBinding } from "./binding.js";
import { checkText } from "./check-text.js";
import { createHandle, type HandleUnit } from "./handle.js";
import { createHostControl } from "./host-control.js";
import { noSuchExport } from "./no-such-export.js";
import { createReflection } from "./reflection.js";
import type { Binding, Handle, Reflection, RemoteCollection } from "./reflection-types.js";
import { LeasedCollection } from "./remote-collection.js";
import { sourceOf } from "./source-of.js";
import type { Collectible, HostEvents, Unit, UnitSnapshot } from "./types.js";
import { UnitLife, type UnitLifeOptions } from "./unit-life.js";
import { ViewSlot } from "./view-slot.js";

export interface LoadedUnitOptions extends UnitLifeOptions {
  manifest: UnitManifest;
  isolation: Isolation;
  grant: Grant;
  /** No other unit of the host has it. */
  serial: number;
  exportNames: readonly string[];
  /** What the page and the unit have agreed on, if they have. */
  agreement: Agreement | undefined;
  /** What the page offers. */
  services: Services;
  /** Whether somebody wants to hear of events of a kind. */
  isObserved(type: keyof HostEvents): boolean;
  /** The account of the unit that a remote is of. */
  accountOf(value: unknown): Account | undefined;
  /** The units that require this one. */
  dependents(account: Account): LoadedUnit[];
  emit<K extends keyof HostEvents>(type: K, detail: HostEvents[K]): void;
  /** The unit has gone; called once. */
  onGone(receipt: Receipt): void;
}

/** What a page has of a unit; see `Unit` for what its users may rely on. */
export class LoadedUnit<T extends object = Record<string, unknown>> extends EventTarget implements Unit<T>, HandleUnit {
  readonly id: string;
  readonly manifest: UnitManifest;
  readonly isolation: Isolation;
  readonly collectible: Collectible;
  /** Of a unit that runs in the domains of others alone: the most that it may do in any of them. */
  grant: Grant;
  readonly exports: Remote<T>;
  readonly serial: number;
  readonly mirror: Remote<Mirror>;
  /** What the host does with the unit, not the page. */
  readonly life: UnitLife;
  /** What the unit's domain may call. */
  readonly hostControl: HostControl;
  /** Resolves when the unit is linked, if it has to be activated then. */
  readonly linked: Promise<void>;

  readonly #options: LoadedUnitOptions;
  readonly #view: ViewSlot;
  readonly #inside: Remote<Inside>;
  #capabilities: UnitCapabilities | undefined;
  /** Takes the place of the session where exports are not open. */
  readonly #refuser = createRefuser((label) => this.life.closed(label));

  constructor(options: LoadedUnitOptions) {
    super();
    const { emit } = options;
    this.#options = options;
    this.serial = options.serial;
    this.id = options.id;
    this.manifest = options.manifest;
    this.isolation = options.isolation;
    this.collectible = options.collectible;
    this.grant = options.grant;
    const life = new UnitLife(options, {
      onState: () => this.dispatchEvent(new Event("statechange")),
      onRemoved: () => {
        this.#view.clear();
        this.#capabilities?.close();
      },
      onCrash: (error) => emit("crash", { unit: this as Unit, error }),
      onViolation: (violation) => emit("violation", { unit: this as Unit, ...violation }),
      onGone: (receipt) => {
        options.onGone(receipt);
        emit("unload", { unit: this as Unit, receipt });
      },
    });
    this.life = life;
    this.#view = new ViewSlot(options.manifest, life.account);
    const invoker = (): Invoker => life.openDomain?.session.invoker ?? this.#refuser;
    this.exports = createRemote<T>(options.agreement?.guard(options.id, invoker) ?? invoker, Targets.exports);
    this.#inside = createRemote<Inside>(invoker, Targets.inside);
    // What was handed out goes on working while the unit waits for it to clear.
    this.mirror = createRemote<Mirror>(() => life.domain?.session.invoker ?? this.#refuser, Targets.mirror);
    const linked = Promise.withResolvers<void>();
    this.linked = linked.promise;
    this.hostControl = createHostControl({
      onLinked: linked.resolve,
      onViolated: (vector) => emit("violation", { unit: this as Unit, vector }),
      account: life.account,
      onLog: (level, args) => emit("log", { unit: this as Unit, level, args }),
      onHeight: (height) => this.#view.resized(height),
      onUrls: (live, made) => life.domain?.countUrls(live, made),
    });
  }

  get state(): UnitState {
    return this.life.state;
  }

  get failure(): unknown {
    return this.life.failure;
  }

  /** The domain, while there is one. */
  get domain(): Domain | undefined {
    return this.life.domain;
  }

  get unloaded(): Promise<Receipt> {
    return this.life.unloaded;
  }

  whyAlive(): WhyAlive {
    return this.life.whyAlive();
  }

  release(): void {
    this.life.release();
  }

  unload(options: UnloadOptions = {}): Promise<Receipt> {
    return options.mode === "force" && this.collectible !== false ? this.end() : this.life.unload(options);
  }

  /** Takes the unit back by force, whatever its life, and before it those that require it: they cannot be without it. */
  async end(): Promise<Receipt> {
    const dependents = this.#options.dependents(this.life.account);
    if (dependents.length > 0) {
      // Nobody new may come to require it meanwhile.
      this.life.announceEnd();
      await Promise.all(dependents.map((each) => each.end()));
    }
    return this.life.end();
  }

  chunk<const R>(plan: (exports: Planned<T>) => Synchronous<R>): Promise<Settled<R>> {
    const session = this.life.openDomain?.session;
    if (!session) return Promise.reject(this.life.closed("chunk()"));
    const { agreement } = this.#options;
    const sent = agreement ? agreement.planned(this.id, plan as (root: never) => unknown) : plan;
    return session.chunk(Targets.exports, sent as (root: never) => unknown) as Promise<Settled<R>>;
  }

  async inside<A extends unknown[], R>(
    fn: (exports: { [K in keyof T]: T[K] }, ...args: A) => R,
    ...args: A
  ): Promise<Awaited<R>> {
    const source = sourceOf(fn);
    return (await this.#inside.inside(source, args)) as Awaited<R>;
  }

  async compile<F extends (...args: never[]) => unknown = (...args: unknown[]) => unknown>(
    parameters: readonly string[],
    body: string,
  ): Promise<Remote<F>> {
    checkText(this.id, parameters, body);
    checkFunction(parameters, body, `compile() of ${this.id}`, this.id);
    return (await this.#inside.compile([...parameters], body)) as Remote<F>;
  }

  collectionOf<M>(exportName: string): RemoteCollection<M> {
    this.#open("collectionOf()");
    const { exportNames, accountOf } = this.#options;
    if (!exportNames.includes(exportName)) throw noSuchExport(this.id, exportName, exportNames);
    return new LeasedCollection<M>(this.life.account, exportName, accountOf);
  }

  async binding<V>(exportName: string): Promise<Binding<V>> {
    this.#open("binding()");
    return createBinding<V>(this.life.account, this.mirror, exportName);
  }

  async handle(path: string): Promise<Handle> {
    this.#open("handle()");
    return createHandle(this.life.account, this, path);
  }

  async reflect(): Promise<Reflection> {
    this.#open("reflect()");
    return createReflection(this.life.account, this.mirror, this.collectible !== false);
  }

  async mount(container: Element): Promise<{ element: HTMLElement; unmount(): void }> {
    return this.#view.mount(this.#open("mount()"), container);
  }

  /** Shows the view from the start, while the unit is loading. */
  show(container: Element): void {
    if (this.domain) this.#view.show(this.domain, container);
  }

  /**
   * What those in the unit's domain may reach of the page's services; undefined where they ask for none.
   * @param grants what each may do, the unit itself among them
   */
  grantCapabilities(grants: ReadonlyMap<UnitManifest, Grant>): object | undefined {
    const askers = [...grants].filter(([{ permissions }]) => permissions?.capabilities?.length);
    if (askers.length === 0) return undefined;
    const { services, isObserved, emit } = this.#options;
    this.#capabilities = new UnitCapabilities({
      unit: this.id,
      domain: this.manifest.name,
      services,
      askers: askers.map(([manifest, grant]) => ({ manifest, grant })),
      isPressed: async () => (await this.domain?.isPressed()) ?? false,
      isAudited: () => isObserved("capability"),
      tell: (use) => emit("capability", { unit: this as Unit, ...use }),
    });
    return this.#capabilities.exposed;
  }

  /** What it is at this moment, as data. */
  snapshot(): UnitSnapshot {
    const { id, state, isolation, grant } = this;
    const { account } = this.life;
    const leases = account.leases.size + (account.calls?.size ?? 0);
    return { id, state, isolation, grant, leases, pending: this.domain?.session.pending ?? 0 };
  }

  async [ASYNC_DISPOSE](): Promise<void> {
    await this.unload();
  }

  #open(label: string): Domain {
    const { openDomain } = this.life;
    if (!openDomain) throw this.life.closed(label);
    return openDomain;
  }
}
