import type { DBSchema, IDBPDatabase, IDBPTransaction, StoreNames } from "idb";
import { LeaseholdError } from "../errors.js";
import { openDatabase } from "../open-database.js";
import { storageError } from "./storage-error.js";

/** Raised with every change to the schema, which then has a step in `upgrade`. */
const VERSION = 1;

type Place = [name: string, key: string];

interface Schema extends DBSchema {
  values: { key: Place; value: unknown };
  /** Bytes of each value with its key, so that nothing large is read to replace it. */
  sizes: { key: Place; value: number };
  /** Bytes of all values of a name. */
  totals: { key: string; value: number };
}

type Stores = StoreNames<Schema>[];
type Transaction<M extends IDBTransactionMode> = IDBPTransaction<Schema, Stores, M>;

const STORES: Stores = ["values", "sizes", "totals"];

/**
 * The values of all units in IndexedDB, by name and key. Open while somebody holds it or an operation is under way, and again after
 * the browser has closed it. Transactions that write run one after the other, in all tabs.
 */
export class StorageDatabase {
  readonly #name: string;
  #opened: Promise<IDBPDatabase<Schema>> | undefined;
  #holds = 0;

  constructor(name: string) {
    this.#name = name;
  }

  /** Keeps the database open between operations until the signal aborts. */
  holdUntil(signal: AbortSignal): void {
    if (signal.aborted) return;
    this.#holds++;
    signal.addEventListener("abort", () => this.#letGo(), { once: true });
  }

  get(name: string, key: string): Promise<unknown> {
    return this.#run("readonly", (transaction) => transaction.objectStore("values").get([name, key]));
  }

  keys(name: string): Promise<string[]> {
    return this.#run("readonly", async (transaction) => {
      const places = await transaction.objectStore("sizes").getAllKeys(allOf(name));
      return places.map(([, key]) => key);
    });
  }

  entries(name: string): Promise<[string, unknown][]> {
    return this.#run("readonly", async (transaction) => {
      const values = transaction.objectStore("values");
      const [places, all] = await Promise.all([values.getAllKeys(allOf(name)), values.getAll(allOf(name))]);
      return places.map(([, key], index) => [key, all[index]]);
    });
  }

  used(name: string): Promise<number> {
    return this.#run("readonly", async (transaction) => (await transaction.objectStore("totals").get(name)) ?? 0);
  }

  /** @throws LeaseholdError "LimitExceededError" (`storage-quota`) where it makes what is kept both more, and more than the quota */
  set(name: string, key: string, value: unknown, bytes: number, quota: number): Promise<void> {
    return this.#run("readwrite", async (transaction) => {
      const sizes = transaction.objectStore("sizes");
      const totals = transaction.objectStore("totals");
      const [before = 0, used = 0] = await Promise.all([sizes.get([name, key]), totals.get(name)]);
      const after = used - before + bytes;
      if (after > quota && bytes > before) throw overQuota(name, key, bytes, used - before, quota);
      await Promise.all([
        transaction.objectStore("values").put(value, [name, key]),
        sizes.put(bytes, [name, key]),
        totals.put(after, name),
      ]);
    });
  }

  delete(name: string, key: string): Promise<boolean> {
    return this.#run("readwrite", async (transaction) => {
      const sizes = transaction.objectStore("sizes");
      const totals = transaction.objectStore("totals");
      const [bytes, used = 0] = await Promise.all([sizes.get([name, key]), totals.get(name)]);
      if (bytes === undefined) return false;
      await Promise.all([
        transaction.objectStore("values").delete([name, key]),
        sizes.delete([name, key]),
        totals.put(used - bytes, name),
      ]);
      return true;
    });
  }

  clear(name: string): Promise<void> {
    return this.#delete(allOf(name), IDBKeyRange.only(name));
  }

  /** Clears a name, and all others that begin with it and a space. */
  forget(name: string): Promise<void> {
    return this.#delete(IDBKeyRange.bound([name], [`${name}!`]), IDBKeyRange.bound(name, `${name}!`));
  }

  #delete(places: IDBKeyRange, names: IDBKeyRange): Promise<void> {
    return this.#run("readwrite", async (transaction) => {
      await Promise.all([
        transaction.objectStore("values").delete(places),
        transaction.objectStore("sizes").delete(places),
        transaction.objectStore("totals").delete(names),
      ]);
    });
  }

  /** One transaction: all that `work` does is done, or none of it. */
  async #run<M extends "readonly" | "readwrite", R>(
    mode: M,
    work: (transaction: Transaction<M>) => Promise<R>,
  ): Promise<R> {
    this.#holds++;
    try {
      const database = await (this.#opened ??= this.#open());
      const transaction = database.transaction(STORES, mode) as unknown as Transaction<M>;
      const done = transaction.done.catch(() => {}); // told below
      try {
        const result = await work(transaction);
        await transaction.done;
        return result;
      } catch (error) {
        if (!transaction.error) abort(transaction);
        await done;
        // What it failed of, where a request only knows that it was aborted.
        throw transaction.error ?? error;
      }
    } catch (error) {
      throw storageError(this.#name, error);
    } finally {
      this.#letGo();
    }
  }

  #open(): Promise<IDBPDatabase<Schema>> {
    return openDatabase<Schema>(
      this.#name,
      VERSION,
      (database) => STORES.forEach((store) => database.createObjectStore(store)),
      (lost) => {
        if (this.#opened === lost) this.#opened = undefined;
      },
    );
  }

  #letGo(): void {
    if (--this.#holds > 0) return;
    const opened = this.#opened;
    this.#opened = undefined;
    void opened?.then(
      (database) => database.close(),
      () => {},
    );
  }
}

/** In IndexedDB's order, an array comes after every text. */
function allOf(name: string): IDBKeyRange {
  return IDBKeyRange.bound([name], [name, []]);
}

/** One that has ended by itself cannot be aborted. */
function abort(transaction: { abort(): void }): void {
  try {
    transaction.abort();
  } catch {}
}

function overQuota(name: string, key: string, bytes: number, others: number, quota: number): LeaseholdError {
  return new LeaseholdError(
    "LimitExceededError",
    "storage-quota",
    `"${key}" takes ${bytes} bytes, and ${name} keeps ${others} besides, of ${quota} that it may: delete what is no longer needed.`,
    { unit: name.slice(name.indexOf(" ") + 1) },
  );
}
