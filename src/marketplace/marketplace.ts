import { LeaseholdError } from "../errors.js";
import type { Grant, Host, Receipt, UnitManifest } from "../index.js";
import { lacking, meet } from "../policy/index.js";
import { Catalogs } from "./catalogs.js";
import { fetchPackage } from "./fetch-package.js";
import { RunningUnits } from "./running.js";
import { matching } from "./search.js";
import { Serial } from "./serial.js";
import { Store, type InstallationRecord } from "./store.js";
import type {
  CatalogEntry,
  EnableOptions,
  Installation,
  InstallOptions,
  Marketplace,
  MarketplaceOptions,
  SearchOptions,
  StopOptions,
} from "./types.js";

/** Opens a marketplace over a host, and starts what is installed and enabled. */
export function createMarketplace(options: MarketplaceOptions): Marketplace {
  return new CatalogMarketplace(options);
}

class CatalogMarketplace extends EventTarget implements Marketplace {
  readonly #store: Store;
  readonly #catalogs: Catalogs;
  readonly #running: RunningUnits;
  readonly #host: Host;
  readonly #serial = new Serial();
  readonly #consent: MarketplaceOptions["consent"];
  readonly #started: Promise<unknown>;

  constructor(options: MarketplaceOptions) {
    super();
    const { host, catalogs, database = "leasehold-marketplace", consent } = options;
    this.#host = host;
    this.#store = new Store(database);
    const urls = catalogs.map((url) => new URL(url, document.baseURI).href);
    this.#catalogs = new Catalogs(urls, this.#store, (status) => this.#tell("catalog", status));
    this.#running = new RunningUnits(options, (name) => this.#tell("change", { name }));
    this.#consent = consent;
    this.#started = this.#startEnabled();
  }

  async search(query = "", { installed, limit }: SearchOptions = {}): Promise<CatalogEntry[]> {
    const [entries, records] = await Promise.all([this.#catalogs.entries(), this.#installedNames(installed)]);
    const newest = entries.filter((entry, index) => entries[index - 1]?.name !== entry.name);
    return matching(newest, query)
      .filter((entry) => installed === undefined || records.has(entry.name) === installed)
      .slice(0, limit);
  }

  install(name: string, options: InstallOptions = {}): Promise<Installation> {
    return this.#serial.run(name, async () => {
      const present = await this.#store.installation(name);
      if (present) return this.#presentInstallation(present, options.version);

      const entry = await this.#catalogs.find(name, options.version);
      const { manifest, modules } = await fetchPackage(entry, options);
      const grant = await this.#grantFor(entry, manifest);
      options.signal?.throwIfAborted();
      const record: InstallationRecord = {
        name,
        version: entry.version,
        manifest,
        grant,
        enabled: true,
        source: entry.manifest,
        installedAt: Date.now(),
      };
      await this.#startAndKeep(record, modules);
      return this.#describe(record);
    });
  }

  async installed(): Promise<Installation[]> {
    await this.#started;
    return (await this.#store.installations()).map((record) => this.#describe(record));
  }

  enable(name: string, options: EnableOptions = {}): Promise<void> {
    return this.#serial.run(name, async () => {
      const record = await this.#recordOf(name);
      const { isolation = record.isolation } = options;
      await this.#startAndKeep({ ...record, enabled: true, ...(isolation && { isolation }) });
    });
  }

  disable(name: string, options?: StopOptions): Promise<void> {
    const forced = this.#forceNow(name, options);
    return this.#serial.run(name, async () => {
      await this.#stopAndKeep(await this.#recordOf(name), forced, options);
    });
  }

  uninstall(name: string, options?: StopOptions): Promise<Receipt | undefined> {
    const forced = this.#forceNow(name, options);
    return this.#serial.run(name, async () => {
      const record = await this.#store.installation(name);
      if (!record) return undefined;
      const receipt = await this.#stopAndKeep(record, forced, options);
      // Before the installation: what could not be forgotten, the next attempt finds.
      await this.#host.forget(name);
      await this.#store.forgetInstallation(name);
      this.#tell("change", { name });
      return receipt;
    });
  }

  /** Starts first and keeps last: a failure on the way, or a closed page, leaves what was there before. */
  async #startAndKeep(record: InstallationRecord, modules?: Record<string, string>): Promise<void> {
    const before = this.#running.get(record.name);
    const modulesOf = modules ? async () => modules : this.#modulesOf;
    const unit = await this.#running.start(record, modulesOf);
    try {
      await this.#store.keepInstallation(record, modules);
    } catch (error) {
      if (unit !== before) await unit.unload({ mode: "force" });
      throw error;
    }
    this.#tell("change", { name: record.name });
  }

  /** Keeps first: a unit that leases hold past the deadline must not come back with the next page. */
  async #stopAndKeep(
    record: InstallationRecord,
    forced: Promise<Receipt | undefined> | undefined,
    options?: StopOptions,
  ): Promise<Receipt | undefined> {
    if (record.enabled) {
      await this.#store.keepInstallation({ ...record, enabled: false });
      this.#tell("change", { name: record.name });
    }
    return (await forced) ?? this.#running.stop(record.name, options);
  }

  /** Force does not wait for its turn: what it is to end may be the very operation whose turn it is. */
  #forceNow(name: string, options?: StopOptions): Promise<Receipt | undefined> | undefined {
    const forced = options?.mode === "force" ? this.#running.stop(name, options) : undefined;
    forced?.catch(() => undefined); // told when its turn comes
    return forced;
  }

  async #startEnabled(): Promise<void> {
    // A database that cannot be opened is told by the first call that needs it.
    const records = await this.#store.installations().catch(() => []);
    await Promise.all(records.filter(({ enabled }) => enabled).map(({ name }) => this.#startAgain(name)));
  }

  #startAgain(name: string): Promise<void> {
    return this.#serial.run(name, async () => {
      // Read again: another operation on this name may have come first.
      const record = await this.#store.installation(name);
      if (!record?.enabled) return;
      await this.#running.start(record, this.#modulesOf).then(
        () => this.#tell("change", { name }),
        (error) => this.#tell("failure", { name, error }),
      );
    });
  }

  async #grantFor(entry: CatalogEntry, manifest: UnitManifest): Promise<Grant> {
    const permissions = lacking(manifest.permissions, {});
    if (!permissions || !this.#consent) return {};
    const answer = await this.#consent({ entry, manifest, permissions });
    if (answer) return meet(permissions, answer);
    throw new LeaseholdError(
      "PermissionDeniedError",
      "consent-refused",
      `${entry.title} was not installed: its permissions were refused.`,
      {
        unit: entry.name,
      },
    );
  }

  readonly #modulesOf = async (name: string): Promise<Record<string, string>> => {
    const modules = await this.#store.modules(name);
    if (modules) return modules;
    throw new LeaseholdError(
      "InvalidStateError",
      "not-installed",
      `The modules of ${name} are gone. Install it again.`,
      { unit: name },
    );
  };

  async #recordOf(name: string): Promise<InstallationRecord> {
    const record = await this.#store.installation(name);
    if (record) return record;
    throw new LeaseholdError(
      "InvalidStateError",
      "not-installed",
      `No unit named "${name}" is installed. install() it first.`,
      { unit: name },
    );
  }

  #presentInstallation(record: InstallationRecord, version = record.version): Installation {
    if (version === record.version) return this.#describe(record);
    throw new LeaseholdError(
      "InvalidStateError",
      "already-installed",
      `${record.name} is installed at ${record.version}; uninstall that before installing ${version}.`,
      { unit: record.name },
    );
  }

  #describe({ name, version, enabled, grant, manifest, isolation }: InstallationRecord): Installation {
    const unit = this.#running.get(name);
    return { name, version, enabled, grant, manifest, ...(isolation && { isolation }), ...(unit && { unit }) };
  }

  async #installedNames(isAsked: boolean | undefined): Promise<Set<string>> {
    if (isAsked === undefined) return new Set();
    return new Set((await this.#store.installations()).map(({ name }) => name));
  }

  #tell(type: string, detail: object): void {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
