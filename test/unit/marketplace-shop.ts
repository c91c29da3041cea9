import { createHost, type Host, type HostOptions, type UnitManifest } from "leasehold";
import { createMarketplace, type CatalogEntry, type Marketplace, type MarketplaceOptions } from "leasehold/marketplace";

/** One unit on the shelf: its manifest, its code, and what the catalog says that differs from the manifest. */
export interface Goods extends Partial<UnitManifest> {
  name: string;
  code?: string;
  promised?: Partial<CatalogEntry>;
}

/** A catalog and its packages behind Blob URLs, which closing makes unreachable as a lost network would. */
export interface Shop {
  catalog: string;
  close(): void;
}

export function openShop(units: Goods[]): Shop {
  const urls: string[] = [];
  const serve = (value: unknown): string => {
    const url = URL.createObjectURL(new Blob([JSON.stringify(value)], { type: "application/json" }));
    urls.push(url);
    return url;
  };
  const entries = units.map((goods) => shelve(goods, serve));
  return { catalog: serve({ units: entries }), close: () => urls.splice(0).forEach((url) => URL.revokeObjectURL(url)) };
}

/** Serves any text at all as a catalog. */
export function serveText(text: string): Shop {
  const catalog = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  return { catalog, close: () => URL.revokeObjectURL(catalog) };
}

/** An entry that is valid, for catalogs that are not served whole. */
export const someEntry: CatalogEntry = {
  name: "echo",
  version: "1.0.0",
  title: "Echo",
  description: "Says what it hears.",
  publisher: "Tests",
  bytes: 60,
  permissions: {},
  manifest: "echo/unit.json",
};

/** A host, and marketplaces over databases that nobody else uses; all of it goes with `close`. */
export interface Town {
  host: Host;
  database: string;
  open(catalogs: string[], options?: Partial<MarketplaceOptions>): Marketplace;
  /** What a reload of the page does: everything in memory goes, the database stays. */
  reload(): Promise<void>;
  close(): Promise<void>;
}

let count = 0;

export function foundTown(options: HostOptions = {}): Town {
  const newHost = () => createHost({ pool: { frame: 0, worker: 0 }, ...options });
  const town: Town = {
    host: newHost(),
    database: `marketplace-test-${Date.now()}-${count++}`,
    open: (catalogs, options) => createMarketplace({ host: town.host, catalogs, database: town.database, ...options }),
    async reload() {
      await town.host.dispose();
      town.host = newHost();
    },
    async close() {
      await town.host.dispose();
      await settled(indexedDB.deleteDatabase(town.database));
    },
  };
  return town;
}

/** Reads or changes what a marketplace has stored, behind its back. */
export async function withStored<R>(
  database: string,
  store: "installations" | "modules",
  work: (records: IDBObjectStore) => IDBRequest<R>,
): Promise<R> {
  const opened = await settled(indexedDB.open(database));
  try {
    return await settled(work(opened.transaction(store, "readwrite").objectStore(store)));
  } finally {
    opened.close();
  }
}

/** Resolves with the detail of the next event of that type. */
export function next<D>(target: EventTarget, type: string): Promise<D> {
  return new Promise((resolve) => {
    target.addEventListener(type, (event) => resolve((event as CustomEvent<D>).detail), { once: true });
  });
}

function shelve(
  { code = "export const echo = (word) => word;", promised, ...rest }: Goods,
  serve: (value: unknown) => string,
) {
  const manifest: UnitManifest = { version: "1.0.0", isolation: "worker", ...rest };
  const { name, version, title = name, description = "", publisher = "Tests", permissions = {} } = manifest;
  const unit = serve({ manifest, modules: { "index.js": code } });
  return { name, version, title, description, publisher, permissions, bytes: code.length, manifest: unit, ...promised };
}

function settled<R>(request: IDBRequest<R>): Promise<R> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
