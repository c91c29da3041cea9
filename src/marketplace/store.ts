import type { DBSchema, IDBPDatabase } from "idb";
import { LeaseholdError } from "../errors.js";
import { openDatabase } from "../open-database.js";
import type { Grant, Isolation, UnitManifest } from "../index.js";
import type { CatalogEntry } from "./types.js";

/** What is kept of an installed unit, its modules apart: those are large, and only needed to load it. */
export interface InstallationRecord {
  name: string;
  version: string;
  /** Carries the integrity of every module, so that each load checks what was stored. */
  manifest: UnitManifest;
  grant: Grant;
  enabled: boolean;
  isolation?: Isolation;
  /** Address of the manifest it came from. */
  source: string;
  installedAt: number;
}

interface Schema extends DBSchema {
  installations: { key: string; value: InstallationRecord };
  /** Path → source text, by the name of the installation. */
  modules: { key: string; value: Record<string, string> };
  catalogs: { key: string; value: { url: string; entries: CatalogEntry[]; readAt: number } };
}

/** What a marketplace keeps in IndexedDB. Opens on first use, and again after the browser has closed it. */
export class Store {
  readonly #name: string;
  #opened: Promise<IDBPDatabase<Schema>> | undefined;

  constructor(name: string) {
    this.#name = name;
  }

  installations(): Promise<InstallationRecord[]> {
    return this.#with((database) => database.getAll("installations"));
  }

  installation(name: string): Promise<InstallationRecord | undefined> {
    return this.#with((database) => database.get("installations", name));
  }

  modules(name: string): Promise<Record<string, string> | undefined> {
    return this.#with((database) => database.get("modules", name));
  }

  /** Keeps an installation, with its modules where they are new. */
  async keepInstallation(record: InstallationRecord, modules?: Record<string, string>): Promise<void> {
    await this.#with(async (database) => {
      const transaction = database.transaction(["installations", "modules"], "readwrite");
      await Promise.all([
        transaction.objectStore("installations").put(record),
        modules && transaction.objectStore("modules").put(modules, record.name),
        transaction.done,
      ]);
    });
  }

  async forgetInstallation(name: string): Promise<void> {
    await this.#with(async (database) => {
      const transaction = database.transaction(["installations", "modules"], "readwrite");
      await Promise.all([
        transaction.objectStore("installations").delete(name),
        transaction.objectStore("modules").delete(name),
        transaction.done,
      ]);
    });
  }

  async keptCatalog(url: string): Promise<CatalogEntry[] | undefined> {
    return (await this.#with((database) => database.get("catalogs", url)))?.entries;
  }

  async keepCatalog(url: string, entries: CatalogEntry[]): Promise<void> {
    await this.#with((database) => database.put("catalogs", { url, entries, readAt: Date.now() }));
  }

  async #with<R>(work: (database: IDBPDatabase<Schema>) => Promise<R>): Promise<R> {
    try {
      return await work(await (this.#opened ??= this.#open()));
    } catch (cause) {
      throw storageError(this.#name, cause);
    }
  }

  #open(): Promise<IDBPDatabase<Schema>> {
    return openDatabase<Schema>(
      this.#name,
      1,
      (database) => {
        database.createObjectStore("installations", { keyPath: "name" });
        database.createObjectStore("modules");
        database.createObjectStore("catalogs", { keyPath: "url" });
      },
      (lost) => {
        if (this.#opened === lost) this.#opened = undefined;
      },
    );
  }
}

function storageError(name: string, cause: unknown): LeaseholdError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return cause instanceof DOMException && cause.name === "QuotaExceededError"
    ? new LeaseholdError(
        "LimitExceededError",
        "storage-full",
        "The browser has no room left for this unit. Remove some units.",
        { cause },
      )
    : new LeaseholdError(
        "InvalidStateError",
        "storage-unavailable",
        `The database "${name}" cannot be used: ${reason}. Private windows and blocked site data are common reasons.`,
        { cause },
      );
}
