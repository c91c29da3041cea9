import type { Host, Receipt, Unit } from "../index.js";
import type { InstallationRecord } from "./store.js";
import type { StopOptions } from "./types.js";

/** The units that a marketplace has loaded, by the name of their installation. It unloads no unit but these. */
export class RunningUnits {
  readonly #host: Host;
  readonly #units = new Map<string, Unit>();

  /** `ended` is told of every unit that goes, whoever ended it. */
  constructor(host: Host, ended: (name: string) => void) {
    this.#host = host;
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

  /** Loads an installation, or leaves it be where it runs as asked already. */
  async start(
    { name, manifest, grant, isolation }: InstallationRecord,
    modulesOf: (name: string) => Promise<Record<string, string>>,
    container?: Element,
  ): Promise<Unit> {
    const present = this.#units.get(name);
    if (present?.state === "active") {
      if (present.isolation === (isolation ?? present.isolation)) return present;
      await present.unload();
    }
    const unit = await this.#host.load(
      { manifest, modules: await modulesOf(name) },
      { grant, ...(isolation && { isolation }), ...(container && { container }) },
    );
    this.#units.set(name, unit);
    return unit;
  }

  /** Unloads an installation; joins an unload that is under way. Undefined where nothing was loaded. */
  async stop(name: string, options?: StopOptions): Promise<Receipt | undefined> {
    return this.#units.get(name)?.unload(options);
  }
}
