import { perUnit, type CapabilityUser, type PerUnit } from "../capability/index.js";
import { LeaseholdError } from "../errors.js";
import { StorageDatabase } from "./storage-database.js";
import { valueBytes } from "./value-bytes.js";

/** UTF-16 code units. */
const LONGEST_KEY = 256;

export interface StorageOptions {
  /** Bytes that each unit may keep, as `StorageUsage` counts them. Default 5 MiB. */
  quota?: number;
  /** Name of the IndexedDB database, which is nobody else's. Default "leasehold-storage". */
  database?: string;
}

/**
 * What a unit keeps, in bytes: two for each character of keys, property names and texts; as many as buffers, blobs and big integers
 * have; and eight for every key and value of any kind, the parts of arrays and objects included. It is computed from the values, not
 * measured on a disk, which may hold more or less.
 */
export interface StorageUsage {
  used: number;
  quota: number;
}

/**
 * What a unit gets of `storage`: values of its own by key, which no other unit sees, and which are there again the next time it is
 * loaded. A key is a text of 1 to 256 characters. A value is plain data, with dates, regular expressions, errors, Maps, Sets, buffers
 * and blobs in it.
 *
 * Whatever is written is written whole or not at all, and the quota is kept whoever else writes, another tab included. Each call may
 * reject with LeaseholdError "DataError" (`key-invalid`) and "InvalidStateError" (`storage-unavailable`, `storage-newer`).
 */
export interface StorageService {
  /** The value, or undefined. */
  get(key: string): Promise<unknown>;
  /**
   * Keeps a value in place of the one before.
   * @throws LeaseholdError "LimitExceededError" (`storage-quota`; `storage-full` where the browser itself has no room),
   *   "DataError" (`not-storable`); what was kept is still there
   */
  set(key: string, value: unknown): Promise<void>;
  /** Whether there was such a value. */
  delete(key: string): Promise<boolean>;
  /** In order of their code units. */
  keys(): Promise<string[]>;
  /** All of it, in the order of the keys. */
  entries(): Promise<[key: string, value: unknown][]>;
  clear(): Promise<void>;
  usage(): Promise<StorageUsage>;
}

/**
 * A capability: each unit, by the name in its manifest, keeps values in IndexedDB, up to a quota; where another requires it, apart, by
 * that one's name as well. `host.forget(name)` deletes what a unit keeps, and what those do that it requires.
 * The database is open for as long as a unit that has used it is loaded.
 */
export function storage({
  quota = 5 * 2 ** 20,
  database = "leasehold-storage",
}: StorageOptions = {}): PerUnit<StorageService> {
  const kept = new StorageDatabase(database);
  return perUnit((user) => new UnitStorage(kept, user, quota), { forget: (name) => kept.forget(name) });
}

class UnitStorage implements StorageService {
  readonly #kept: StorageDatabase;
  readonly #name: string;
  readonly #quota: number;

  constructor(kept: StorageDatabase, { manifest, domain, signal }: CapabilityUser, quota: number) {
    this.#kept = kept;
    // Who requires a unit runs its code, and is not to come by what it keeps elsewhere.
    this.#name = domain === manifest.name ? domain : `${domain} ${manifest.name}`;
    this.#quota = quota;
    kept.holdUntil(signal);
  }

  async get(key: string): Promise<unknown> {
    return this.#kept.get(this.#name, checkKey(key));
  }

  async set(key: string, value: unknown): Promise<void> {
    await this.#kept.set(this.#name, checkKey(key), value, valueBytes(key) + valueBytes(value), this.#quota);
  }

  async delete(key: string): Promise<boolean> {
    return this.#kept.delete(this.#name, checkKey(key));
  }

  async keys(): Promise<string[]> {
    return this.#kept.keys(this.#name);
  }

  async entries(): Promise<[string, unknown][]> {
    return this.#kept.entries(this.#name);
  }

  async clear(): Promise<void> {
    await this.#kept.clear(this.#name);
  }

  async usage(): Promise<StorageUsage> {
    return { used: await this.#kept.used(this.#name), quota: this.#quota };
  }
}

function checkKey(key: unknown): string {
  if (typeof key === "string" && key.length > 0 && key.length <= LONGEST_KEY) return key;
  const what = typeof key === "string" ? `${key.length} characters` : typeof key;
  throw new LeaseholdError(
    "DataError",
    "key-invalid",
    `A key of the storage is a text of 1 to ${LONGEST_KEY} characters, not ${what}: give a shorter name to what is kept.`,
  );
}
