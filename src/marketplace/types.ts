import type { Grant, Host, Isolation, Permissions, Receipt, Unit, UnitManifest } from "../index.js";
import type { LeaseholdError } from "../errors.js";

/** One version of one unit, as a catalog offers it. A catalog is a JSON file of the form `{ "units": CatalogEntry[] }`. */
export interface CatalogEntry {
  name: string;
  version: string;
  title: string;
  description: string;
  /** An address, relative to the catalog in the file and absolute once read, or a character or two to show as they are. */
  icon?: string;
  publisher: string;
  /** Size of manifest and modules together, before any transfer compression. */
  bytes: number;
  /** What the manifest will ask for. A preview: only the manifest's own wish, put to `consent`, counts. */
  permissions: Permissions;
  /** Address of the manifest: relative to the catalog in the file, absolute once read. */
  manifest: string;
}

/** A unit that is kept in this browser, as it was when asked for. Ask again after a "change" event. */
export interface Installation {
  name: string;
  version: string;
  /** Whether it is loaded now and again whenever a marketplace opens the same database. */
  enabled: boolean;
  /** What was consented to; never more than the manifest asks for. */
  grant: Grant;
  manifest: UnitManifest;
  /** Where it runs when enabled, if that was chosen; otherwise the manifest decides. */
  isolation?: Isolation;
  /** The loaded unit. Owned by the marketplace: end it with `disable`. Absent when disabled, ended or failed to start. */
  unit?: Unit;
}

/** What a person is asked before a unit that wants permissions is installed. Nothing of the unit has run yet. */
export interface ConsentRequest {
  entry: CatalogEntry;
  manifest: UnitManifest;
  /** The manifest's wish, which may differ from what the catalog entry promised. */
  permissions: Permissions;
}

export interface MarketplaceOptions {
  /** Where enabled units are loaded. It stays the caller's to dispose of. */
  host: Host;
  /** Addresses of catalogs. A name belongs to the first catalog that lists it: no other can take it over. */
  catalogs: (string | URL)[];
  /** Name of the IndexedDB database that keeps packages and catalogs. Default "leasehold-marketplace". */
  database?: string;
  /**
   * Asked before an install, once the package has been fetched and checked, when the unit wants permissions. Returns what
   * to grant (anything not asked for is dropped), or false to refuse the install. Without it, nothing is granted.
   */
  consent?(request: ConsentRequest): Grant | false | Promise<Grant | false>;
  /**
   * Asked before each start of a unit that has a view, for where it is shown from the start: an element that stays in the page
   * while the unit is loaded. It matters in engines that cannot move a frame which has started; without it, and for undefined,
   * the view is shown nowhere until it is mounted.
   */
  container?(manifest: UnitManifest): Element | undefined | Promise<Element | undefined>;
}

export interface SearchOptions {
  /** true: only what is installed; false: only what is not. */
  installed?: boolean;
  limit?: number;
}

export interface InstallOptions {
  /** Default: the newest the catalog has. */
  version?: string;
  onProgress?(progress: { loaded: number; total: number }): void;
  /** Gives the install up until the unit starts; rejects with the signal's reason. */
  signal?: AbortSignal;
}

export interface EnableOptions {
  /** Where to run it, remembered for the next time. A unit that runs elsewhere is unloaded once it runs here. */
  isolation?: Isolation;
}

/** How a loaded unit is ended; see `Unit.unload`. */
export interface StopOptions {
  mode?: "wait" | "force";
  /** ms to wait for leases to clear. */
  deadline?: number;
}

/** Detail of the "catalog" event: how reading one catalog went. */
export interface CatalogStatus {
  catalog: string;
  /** fresh: just read. kept: unreachable, so the copy of the last reading is used. failed: it contributes nothing. */
  state: "fresh" | "kept" | "failed";
  error?: LeaseholdError;
}

/**
 * Units that a person may find, install and remove. Packages live in IndexedDB, so what is installed loads without a
 * network, and each load checks the stored modules against the stored integrity again. Creating a marketplace starts what
 * is installed and enabled.
 *
 * Operations on one name run one after the other, and one that fails leaves things as they were.
 *
 * Events (CustomEvent, detail in brackets): "change" {name} after anything about an installation changed, its unit ending
 * included; "catalog" CatalogStatus after each reading of a catalog; "failure" {name, error} when an enabled unit did not
 * start with the marketplace.
 */
export interface Marketplace extends EventTarget {
  /**
   * Entries whose name, title, description or publisher have all the words of the query, the best first; the newest version
   * of each. Reads the catalogs at most once a minute, and falls back to the last copy kept. Rejects with LoadError only
   * when no catalog could be read at all.
   */
  search(query?: string, options?: SearchOptions): Promise<CatalogEntry[]>;
  /**
   * Fetches a unit, checks its integrity, asks for consent, starts it, and only then keeps it. Resolves to the present
   * installation when that version is there already; rejects with InvalidStateError when another version is.
   */
  install(name: string, options?: InstallOptions): Promise<Installation>;
  /** Everything installed, by name, once the enabled ones have started. */
  installed(): Promise<Installation[]>;
  /** Loads an installed unit, now and with every marketplace to come. Does nothing when it runs as asked. */
  enable(name: string, options?: EnableOptions): Promise<void>;
  /**
   * Unloads a unit and keeps its package. Rejects with UnloadBlockedError when leases hold it past the deadline: it is then
   * disabled all the same, and goes when they clear. Its receipt is `unit.unloaded`.
   */
  disable(name: string, options?: StopOptions): Promise<void>;
  /**
   * Unloads a unit and forgets it, with all that the host's services keep for it; resolves to the receipt when it was loaded. Blocked
   * as `disable` is, it stays installed; so it does where a service cannot forget, and can then be uninstalled again.
   */
  uninstall(name: string, options?: StopOptions): Promise<Receipt | undefined>;
}
