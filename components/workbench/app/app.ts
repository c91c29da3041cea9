import { LitElement, html, nothing } from "lit";
import { query, state } from "lit/decorators.js";
import { WorkbenchModel } from "../model/workbench-model.js";
import { perform, type Call } from "../model/call.js";
import type { Isolation } from "../../../src/index.js";
import type { ReviewDialog } from "../review-dialog/review-dialog.js";
import type { Stage } from "../stage/stage.js";
import type { UnitList } from "../unit-list/unit-list.js";
import { base } from "../shared/base.js";
import { appStyles } from "./app-styles.js";

const panes = [
  { id: "list", label: "Units" },
  { id: "stage", label: "Stage" },
  { id: "meters", label: "Meters" },
] as const;
type Pane = (typeof panes)[number]["id"];

/** The whole workbench: a catalog of units, a stage to run them on, and what they cost at this moment. */
export class Workbench extends LitElement {
  static override styles = [base, appStyles];

  /** Also the way in for tests and for the curious at the console. */
  readonly model = new WorkbenchModel({
    catalogs: ["examples/catalog.json"],
    review: (review) => this.dialog.ask(review),
  });

  /** What is shown where there is room for one pane only. */
  @state() private pane: Pane = "list";
  @state() private announcement = "";
  @state() private query = "";
  @state() private isOffline = !navigator.onLine;
  @query("workbench-review-dialog") private dialog!: ReviewDialog;
  @query("workbench-unit-list") private list!: UnitList;
  @query("workbench-stage") private stage!: Stage | null;

  override connectedCallback(): void {
    super.connectedCallback();
    this.model.addEventListener("change", this.#changed);
    this.model.addEventListener("announce", this.#announced);
    for (const type of ["online", "offline"]) addEventListener(type, this.#networkChanged);
    addEventListener("hashchange", this.#addressChanged);
    addEventListener("keydown", this.#keyPressed);
    this.#addressChanged();
    void this.model.start();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.model.removeEventListener("change", this.#changed);
    this.model.removeEventListener("announce", this.#announced);
    for (const type of ["online", "offline"]) removeEventListener(type, this.#networkChanged);
    removeEventListener("hashchange", this.#addressChanged);
    removeEventListener("keydown", this.#keyPressed);
  }

  override render() {
    const { model } = this;
    const { items, found, catalogFailure, selected, selectedItem } = model;
    return html`
      <workbench-top-bar ?offline=${this.isOffline || model.catalogState === "kept"}></workbench-top-bar>
      <div class="panes" data-pane=${this.pane}>
        <nav class="list" aria-label="Units">
          <workbench-unit-list
            .items=${items}
            .found=${found}
            .failure=${catalogFailure}
            .query=${this.query}
            .selected=${selected}
            @search=${this.#search}
            @select=${this.#select}
            @install=${(event: CustomEvent<string>) => void this.#install(event.detail)}
          ></workbench-unit-list>
        </nav>
        <main class="stage" id="stage">
          ${selectedItem ? this.#stage(selectedItem.name) : html`<workbench-welcome></workbench-welcome>`}
        </main>
        <aside class="meters" aria-label="What is held, and what came back">
          <section>
            <h2 class="eyebrow">Held right now</h2>
            <workbench-meters .host=${model.host}></workbench-meters>
          </section>
          <section class="receipts">
            <h2 class="eyebrow">Receipts</h2>
            ${
              model.receipts.length
                ? model.receipts.map((receipt) => html`<workbench-receipt .receipt=${receipt}></workbench-receipt>`)
                : html`<p class="note">Unload a unit, and what came back is listed here.</p>`
            }
          </section>
        </aside>
      </div>
      <nav class="switch" aria-label="Panes">
        ${panes.map(
          ({ id, label }) =>
            html`<button aria-current=${id === this.pane ? "page" : nothing} @click=${() => (this.pane = id)}>
              ${label}
            </button>`,
        )}
      </nav>
      <workbench-review-dialog></workbench-review-dialog>
      <p class="visually-hidden" role="status" aria-live="polite">${this.announcement}</p>
    `;
  }

  #stage(name: string) {
    const { model } = this;
    const isThis = ({ unit }: { unit: string }) => unit.startsWith(`${name}@`);
    return html`<workbench-stage
      .item=${model.selectedItem}
      .outcome=${model.outcomes.get(name)}
      .failure=${model.failures.get(name)}
      .receipt=${model.receipts.find(isThis)}
      @install=${() => void this.#install(name)}
      @load=${({ detail }: CustomEvent<{ isolation: Isolation }>) => void model.load(name, detail.isolation)}
      @unload=${({ detail }: CustomEvent<{ mode: "wait" | "force" }>) => void model.unload(name, detail.mode)}
      @remove=${() => void model.remove(name)}
      @call=${({ detail }: CustomEvent<Call>) => void this.#call(name, detail)}
    ></workbench-stage>`;
  }

  async #install(name: string): Promise<void> {
    this.#show(name);
    await this.model.install(name);
  }

  async #call(name: string, call: Call): Promise<void> {
    const unit = this.model.selectedItem?.unit;
    if (!unit) return;
    this.model.setOutcome(name, { state: "running", call, duration: 0 });
    this.model.setOutcome(name, await perform(unit, call));
  }

  #search(event: CustomEvent<string>): void {
    this.query = event.detail;
    void this.model.search(event.detail);
  }

  async #select(event: CustomEvent<string>): Promise<void> {
    this.#show(event.detail);
    await this.updateComplete;
    this.stage?.focusHeading();
  }

  #show(name: string): void {
    this.pane = "stage";
    history.replaceState(null, "", `#${name}`);
    this.model.select(name);
  }

  readonly #changed = () => this.requestUpdate();

  readonly #announced = (event: Event) => {
    this.announcement = (event as CustomEvent<string>).detail;
  };

  readonly #networkChanged = () => {
    this.isOffline = !navigator.onLine;
  };

  readonly #addressChanged = () => {
    const name = decodeURIComponent(location.hash.slice(1));
    if (name) this.pane = "stage";
    this.model.select(name || undefined);
  };

  readonly #keyPressed = (event: KeyboardEvent) => {
    const isTyping = event
      .composedPath()
      .some((target) => target instanceof HTMLElement && target.matches("input, textarea, select"));
    if (event.key !== "/" || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    this.pane = "list";
    this.list.focusSearch();
  };
}
