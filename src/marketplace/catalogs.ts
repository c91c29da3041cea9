import { compareVersions } from "compare-versions";
import { LeaseholdError } from "../errors.js";
import { readCatalog } from "./catalog.js";
import type { Store } from "./store.js";
import type { CatalogEntry, CatalogStatus } from "./types.js";

const freshFor = 60_000;

/** All catalogs of a marketplace as one list, read when asked for and kept for when the network is away. */
export class Catalogs {
  readonly #urls: string[];
  readonly #store: Store;
  readonly #report: (status: CatalogStatus) => void;
  readonly #read = new Map<string, { at: number; entries: Promise<CatalogEntry[]> }>();

  constructor(urls: string[], store: Store, report: (status: CatalogStatus) => void) {
    this.#urls = urls;
    this.#store = store;
    this.#report = report;
  }

  /** Every version on offer, the newest of each name first. */
  async entries(): Promise<CatalogEntry[]> {
    const readings = await Promise.allSettled(this.#urls.map((url) => this.#entriesOf(url)));
    const failure = readings.find((reading) => reading.status === "rejected");
    const lists = readings.flatMap((reading) => (reading.status === "fulfilled" ? [reading.value] : []));
    if (failure && lists.length === 0) throw failure.reason;
    return firstToListWins(lists);
  }

  /** The newest version of a name, or the one asked for. */
  async find(name: string, version?: string): Promise<CatalogEntry> {
    const entries = (await this.entries()).filter((entry) => entry.name === name);
    const found = version === undefined ? entries[0] : entries.find((entry) => entry.version === version);
    if (found) return found;
    const offer = entries.map((entry) => entry.version).join(", ");
    throw new LeaseholdError(
      "LoadError",
      "not-in-catalog",
      offer
        ? `No catalog offers ${name} ${version}; there is ${offer}.`
        : `No catalog offers a unit named "${name}". search() tells which names there are.`,
      { unit: name },
    );
  }

  #entriesOf(url: string): Promise<CatalogEntry[]> {
    const last = this.#read.get(url);
    if (last && Date.now() - last.at < freshFor) return last.entries;
    const reading = { at: Date.now(), entries: this.#readOrRecall(url) };
    this.#read.set(url, reading);
    return reading.entries;
  }

  async #readOrRecall(url: string): Promise<CatalogEntry[]> {
    try {
      const entries = await readCatalog(url);
      // Not being able to keep a copy (a full disk) is no reason to withhold what was just read.
      await this.#store.keepCatalog(url, entries).catch(() => undefined);
      this.#report({ catalog: url, state: "fresh" });
      return entries;
    } catch (error) {
      this.#read.delete(url); // the next search tries again
      const reason = error as LeaseholdError;
      const kept = reason.code === "catalog-unreachable" ? await this.#store.keptCatalog(url) : undefined;
      this.#report({ catalog: url, state: kept ? "kept" : "failed", error: reason });
      if (!kept) throw reason;
      return kept;
    }
  }
}

// A catalog added later could otherwise take a name over by offering a higher version of it.
function firstToListWins(lists: CatalogEntry[][]): CatalogEntry[] {
  const byName = new Map<string, CatalogEntry[]>();
  for (const list of lists) {
    const here = Map.groupBy(list, (entry) => entry.name);
    for (const [name, entries] of here) if (!byName.has(name)) byName.set(name, entries);
  }
  return [...byName.values()].flatMap((entries) => entries.sort((a, b) => compareVersions(b.version, a.version)));
}
