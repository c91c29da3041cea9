import { createHost, type Grant, type Host, type Isolation, type Receipt, type Unit } from "../../../src/index.js";
import {
  createMarketplace,
  type CatalogEntry,
  type CatalogStatus,
  type ConsentRequest,
  type Installation,
  type Marketplace,
} from "../../../src/marketplace/index.js";
import { describeFailure, type Failure } from "../shared/failure.js";
import { permissionItems } from "../shared/permission-words.js";
import type { Outcome } from "./call.js";
import { toItems, type Activity, type Item } from "./item.js";
import { Notices } from "./notices.js";
import { createServices } from "./services.js";

/** How many receipts are kept for reading. */
const receiptsKept = 20;

export interface ModelOptions {
  catalogs: (string | URL)[];
  /** Puts what a unit asks for to the person; false refuses. */
  review(request: { item: Item; hasChanged: boolean }): Promise<Grant | false>;
  /** Where the view of a unit starts; undefined where it can be moved to its place later. */
  containerOf(name: string): Promise<Element | undefined>;
}

/**
 * Everything the workbench shows, and everything a person can do with it. Knows no elements; fires "change" after each
 * change of its state, and "announce" (detail: text) for what a screen reader should be told.
 */
export class WorkbenchModel extends EventTarget {
  readonly notices = new Notices(() => this.#changed());
  readonly host: Host = createHost({ capabilities: createServices((notice) => this.notices.show(notice)) });
  readonly marketplace: Marketplace;

  items: Item[] = [];
  /** Names that the query found, the best first; undefined until the first search is back. */
  found: string[] | undefined;
  selected: string | undefined;
  catalogState: CatalogStatus["state"] | undefined;
  catalogFailure: Failure | undefined;
  readonly receipts: Receipt[] = [];
  readonly outcomes = new Map<string, Outcome>();
  readonly failures = new Map<string, Failure>();

  readonly #options: ModelOptions;
  readonly #activities = new Map<string, Activity>();
  readonly #reviewed = new Map<string, Grant>();
  #query = "";
  #entries: CatalogEntry[] = [];
  #installations: Installation[] = [];

  constructor(options: ModelOptions) {
    super();
    this.#options = options;
    this.marketplace = createMarketplace({
      host: this.host,
      catalogs: options.catalogs,
      consent: (request) => this.#consent(request),
      container: ({ name }) => options.containerOf(name),
    });
    this.marketplace.addEventListener("change", () => void this.#refreshInstallations());
    this.marketplace.addEventListener("catalog", (event) => {
      this.catalogState = (event as CustomEvent<CatalogStatus>).detail.state;
      this.#changed();
    });
    this.marketplace.addEventListener("failure", (event) => {
      const { name, error } = (event as CustomEvent<{ name: string; error: unknown }>).detail;
      this.failures.set(name, describeFailure(error));
      this.#changed();
    });
    this.host.addEventListener("unload", (event) => {
      this.#keepReceipt((event as CustomEvent<{ unit: Unit; receipt: Receipt }>).detail);
    });
  }

  get selectedItem(): Item | undefined {
    return this.items.find(({ name }) => name === this.selected);
  }

  /** Reads the catalogs and what is installed. Shows the one while the other is still coming. */
  async start(): Promise<void> {
    await Promise.all([this.search(""), this.#refreshInstallations()]);
  }

  async search(query: string): Promise<void> {
    this.#query = query;
    try {
      const [all, found] = await Promise.all([this.marketplace.search(), this.marketplace.search(query)]);
      if (query !== this.#query) return; // somebody has typed on
      this.#entries = all;
      this.found = found.map(({ name }) => name);
      this.catalogFailure = undefined;
    } catch (error) {
      this.found = undefined;
      this.catalogFailure = describeFailure(error);
    }
    this.#refreshItems();
  }

  select(name: string | undefined): void {
    this.selected = name;
    this.#changed();
  }

  async install(name: string): Promise<void> {
    const item = this.items.find((candidate) => candidate.name === name);
    if (!item) return;
    const grant = await this.#options.review({ item, hasChanged: false });
    if (!grant) return;
    this.#reviewed.set(name, grant);
    await this.#perform(name, { kind: "install", loaded: 0, total: item.bytes ?? 0 }, async () => {
      await this.marketplace.install(name, {
        onProgress: (progress) => this.#setActivity(name, { kind: "install", ...progress }),
      });
      this.announce(`${item.title} is installed and running.`);
    });
  }

  async load(name: string, isolation: Isolation): Promise<void> {
    await this.#perform(name, { kind: "load" }, async () => {
      await this.marketplace.enable(name, { isolation });
      this.announce(`Running in a ${isolation}.`);
    });
  }

  async unload(name: string, mode: "wait" | "force"): Promise<void> {
    await this.#perform(name, { kind: "unload" }, () => this.marketplace.disable(name, { mode }));
  }

  async remove(name: string): Promise<void> {
    await this.#perform(name, { kind: "remove" }, async () => {
      await this.marketplace.uninstall(name, { mode: "force" });
      this.outcomes.delete(name);
      this.announce("Removed.");
    });
  }

  setOutcome(name: string, outcome: Outcome): void {
    this.outcomes.set(name, outcome);
    this.#changed();
  }

  announce(text: string): void {
    this.dispatchEvent(new CustomEvent("announce", { detail: text }));
  }

  /** What was agreed to in the review holds, unless the manifest asks for more than the catalog had said. */
  async #consent({ entry, permissions }: ConsentRequest): Promise<Grant | false> {
    const promised = permissionItems(entry.permissions).map(({ words }) => words);
    const hasChanged = !permissionItems(permissions).every(({ words }) => promised.includes(words));
    const item = this.items.find(({ name }) => name === entry.name);
    if (!hasChanged || !item) return this.#reviewed.get(entry.name) ?? false;
    return this.#options.review({ item: { ...item, permissions }, hasChanged });
  }

  async #perform(name: string, activity: Activity, work: () => Promise<void>): Promise<void> {
    this.failures.delete(name);
    this.#setActivity(name, activity);
    try {
      await work();
    } catch (error) {
      const failure = describeFailure(error);
      this.failures.set(name, failure);
      this.announce(`${failure.name}: ${failure.message}`);
    } finally {
      this.#activities.delete(name);
      await this.#refreshInstallations();
    }
  }

  #setActivity(name: string, activity: Activity): void {
    this.#activities.set(name, activity);
    this.#refreshItems();
  }

  #keepReceipt({ unit, receipt }: { unit: Unit; receipt: Receipt }): void {
    this.receipts.unshift(receipt);
    this.receipts.length = Math.min(this.receipts.length, receiptsKept);
    this.announce(`${unit.manifest.title ?? unit.manifest.name} was unloaded. Receipt added.`);
    this.#changed();
  }

  async #refreshInstallations(): Promise<void> {
    this.#installations = await this.marketplace.installed();
    this.#refreshItems();
  }

  #refreshItems(): void {
    this.items = toItems(this.#entries, this.#installations, this.#activities);
    this.#changed();
  }

  #changed(): void {
    this.dispatchEvent(new Event("change"));
  }
}
