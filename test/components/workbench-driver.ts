import type { Workbench } from "../../components/workbench/app/app.js";
import { until } from "../support/until.js";

const databases = ["leasehold-marketplace", "leasehold-storage"];
const page = "/dist/workbench/index.html";

/** The built workbench in a frame of this page, as a person finds it: what is clicked and read are its own elements. */
export class WorkbenchDriver {
  /** What the page wrote to its console as an error, or failed to catch. */
  readonly faults: string[] = [];
  readonly #frame: HTMLIFrameElement;

  private constructor(frame: HTMLIFrameElement) {
    this.#frame = frame;
  }

  /** Opens it for somebody who has never been here. */
  static async open({ width = 1280 } = {}): Promise<WorkbenchDriver> {
    await Promise.all(databases.map(deleteDatabase));
    const frame = document.createElement("iframe");
    frame.style.cssText = `width: ${width}px; height: 900px; border: 0`;
    document.body.append(frame);
    const driver = new WorkbenchDriver(frame);
    await driver.#navigate();
    return driver;
  }

  /** Starts over with another catalog. */
  async useCatalog(catalog: string): Promise<void> {
    const { workbench } = this;
    await workbench.model.host.dispose();
    const other = workbench.cloneNode() as Workbench;
    other.catalog = catalog;
    workbench.replaceWith(other);
    await until("the catalog is shown", () => this.find("workbench-unit-card"));
  }

  get window(): Window & typeof globalThis {
    return this.#frame.contentWindow as Window & typeof globalThis;
  }

  get workbench(): Workbench {
    return this.window.document.querySelector("leasehold-workbench") as Workbench;
  }

  /** Loads the page anew; what is installed has started when this resolves. */
  async reload({ offline = false } = {}): Promise<void> {
    await this.#navigate(offline);
  }

  /** The first element that matches, in any shadow root. `in` narrows it to inside that element. */
  find<E extends HTMLElement>(selector: string, within: ParentNode = this.window.document): E | undefined {
    return this.findAll<E>(selector, within)[0];
  }

  findAll<E extends HTMLElement>(selector: string, within: ParentNode = this.window.document): E[] {
    const found = [...within.querySelectorAll<E>(selector)];
    for (const element of within.querySelectorAll("*")) {
      if (element.shadowRoot) found.push(...this.findAll<E>(selector, element.shadowRoot));
    }
    return found;
  }

  /** Waits for a button that can be pressed and has exactly that name. */
  button(name: string, inside = "leasehold-workbench"): Promise<HTMLButtonElement> {
    return until(`there is a button "${name}" in ${inside}`, () =>
      this.findAll(inside)
        .flatMap((element) => this.findAll<HTMLButtonElement>("button", element.shadowRoot ?? element))
        .find((button) => nameOf(button) === name && !button.disabled && button.checkVisibility()),
    );
  }

  async press(name: string, inside?: string): Promise<void> {
    (await this.button(name, inside)).click();
  }

  /** Installs a unit the way a person does, and waits until it runs. */
  async install(title: string): Promise<void> {
    await this.press(`Install ${title}`);
    await this.press("Install", "workbench-review-dialog");
    await until(`${title} runs`, () => this.heading === title && this.find("workbench-call-panel"));
  }

  /** Title of the unit on the stage. */
  get heading(): string | undefined {
    return this.find("workbench-unit-header")?.shadowRoot?.querySelector("h2")?.textContent;
  }

  /** Puts text into a field of the call, the first by default, as typing does. */
  async type(text: string, index = 0): Promise<void> {
    const areas = await until("the call has a field", () => {
      const found = this.findAll<HTMLTextAreaElement>("textarea");
      return found[index] && found;
    });
    const area = areas[index] as HTMLTextAreaElement;
    area.value = text;
    area.dispatchEvent(new this.window.Event("input", { bubbles: true }));
  }

  /** Presses Run and waits for what comes: the sheet with the result, or the note of a failure. */
  async run(): Promise<HTMLElement> {
    const before = this.workbench.model.outcomes.get(this.workbench.model.selected ?? "");
    await this.press("Run");
    return until("the call has ended", () => {
      const after = this.workbench.model.outcomes.get(this.workbench.model.selected ?? "");
      if (after === before || after === undefined || after.state === "running") return undefined;
      return this.find("workbench-result-view")?.shadowRoot?.querySelector<HTMLElement>(
        ".sheet, workbench-failure-note",
      );
    });
  }

  /** What the meters show, by name. */
  meters(): Record<string, number> {
    const cells = this.findAll("[data-meter]");
    return Object.fromEntries(cells.map((cell) => [cell.dataset.meter, Number(cell.textContent)]));
  }

  async close(): Promise<void> {
    await this.workbench.model.host.dispose();
    this.#frame.remove();
    await Promise.all(databases.map(deleteDatabase));
  }

  async #navigate(offline = false, attempts = 20): Promise<void> {
    const before = this.#frame.contentDocument;
    if (before?.URL.endsWith(page) || before?.URL.includes(`${page}#`)) this.window.location.reload();
    else this.#frame.src = page;
    await until(
      "the page has changed",
      () => this.#frame.contentDocument !== before && this.window.location.pathname === page,
    );
    const isInTime = this.window.customElements.get("leasehold-workbench") === undefined;
    this.#listen();
    if (offline) {
      // The page's own script must not have come first; where it has, the page is loaded once more.
      if (!isInTime) {
        if (attempts === 0) throw new Error("The network could not be taken away in time.");
        return this.#navigate(offline, attempts - 1);
      }
      this.window.fetch = () => Promise.reject(new TypeError("There is no network."));
    }
    await until("the catalog is shown", () => this.find("workbench-unit-card"));
    await this.workbench.model.marketplace.installed();
  }

  #listen(): void {
    const { window } = this;
    window.addEventListener("error", ({ message }) => this.faults.push(message));
    window.addEventListener("unhandledrejection", ({ reason }) => this.faults.push(String(reason)));
    window.console.error = (...args: unknown[]) => this.faults.push(args.join(" "));
  }
}

function nameOf(button: HTMLButtonElement): string {
  return (button.ariaLabel ?? button.textContent).trim();
}

function deleteDatabase(database: string): Promise<void> {
  const request = indexedDB.deleteDatabase(database);
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve();
    request.onerror = () => reject(request.error);
  });
}
