import type { Host, Receipt, Unit } from "../index.js";
import { isolationOf } from "../unit/index.js";
import type { InstallationRecord } from "./store.js";
import type { MarketplaceOptions, StopOptions } from "./types.js";

/** The units that a marketplace has loaded, by the name of their installation. It unloads no unit but these. */
export class RunningUnits {
  readonly #host: Host;
  readonly #containerOf: MarketplaceOptions["container"];
  readonly #units = new Map<string, Unit>();

  /** `ended` is told of every unit that goes, whoever ended it. */
  constructor({ host, container }: MarketplaceOptions, ended: (name: string) => void) {
    this.#host = host;
    this.#containerOf = container;
    host.addEventListener("unload", (event) => {
      const { unit } = (event as CustomEvent<{ unit: Unit }>).detail;
      const { name } = unit.manifest;
      if (this.#units.get(name) !== unit) return;
      this.#units.delete(name);
      ended(name);
    });
  }

  get(name: string): Unit | undefined {
    return this.#units.get(name);
  }

  /** Loads an installation, or leaves it be where it runs as asked already. One that runs elsewhere goes. */
  async start(
    { name, manifest, grant, isolation }: InstallationRecord,
    modulesOf: (name: string) => Promise<Record<string, string>>,
  ): Promise<Unit> {
    const present = this.#units.get(name);
    if (present?.state === "active" && present.isolation === (isolation ?? present.isolation)) return present;
    const modules = await modulesOf(name);
    const canShow = manifest.view && (isolation ?? isolationOf(manifest)) !== "worker";
    const container = canShow ? await this.#containerOf?.(manifest) : undefined;
    const unit = await this.#host.load(
      { manifest, modules },
      { grant, ...(isolation && { isolation }), ...(container && { container }) },
    );
    this.#units.set(name, unit);
    // The old one goes only now, so that a new one that fails leaves it. One that is held past its deadline goes when it is let go.
    await present?.unload().catch(() => undefined);
    return unit;
  }

  /** Unloads an installation; joins an unload that is under way. Undefined where nothing was loaded. */
  async stop(name: string, options?: StopOptions): Promise<Receipt | undefined> {
    return this.#units.get(name)?.unload(options);
  }
}
