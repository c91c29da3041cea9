import { LitElement, html, nothing } from "lit";
import { property, query, state } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import { WorkbenchModel } from "../model/workbench-model.js";
import type { Sample } from "../model/sample.js";
import { perform } from "../model/call.js";
import type { ReviewDialog } from "../review-dialog/review-dialog.js";
import type { Stage } from "../stage/stage.js";
import type { ViewPanel } from "../view-panel/view-panel.js";
import type { UnitList } from "../unit-list/unit-list.js";
import { base } from "../shared/base.js";
import type { Requests } from "../shared/tell.js";
import { appStyles } from "./app-styles.js";

const panes = [
  { id: "list", label: "Units" },
  { id: "stage", label: "Stage" },
  { id: "meters", label: "Meters" },
] as const;
type Pane = (typeof panes)[number]["id"];
type Request<K extends keyof Requests> = CustomEvent<Requests[K]>;

/** The whole workbench: a catalog of units, a stage to run them on, and what they cost at this moment. */
export class Workbench extends LitElement {
  static override styles = [base, appStyles];

  /** What is offered to try, of any unit. */
  @property({ attribute: false }) samples: readonly Sample[] = [];

  /** Addresses of catalogs, with spaces between them. Read once, when the element is put into the page. */
  @property() catalog = "";

  /** What is shown where there is room for one pane only. */
  @state() private pane: Pane = "list";
  @state() private announcement = "";
  @state() private query = "";
  @state() private isOffline = !navigator.onLine;
  @query("workbench-review-dialog") private dialog!: ReviewDialog;
  @query("workbench-unit-list") private list!: UnitList;
  @query("workbench-stage") private stage!: Stage;

  #model: WorkbenchModel | undefined;
  /** Names of units whose views start in their panels, which are there before the units are. */
  readonly #startedHere = new Set<string>();

  /** What is behind the elements: also the way in for tests, and for the curious at the console. */
  get model(): WorkbenchModel {
    return (this.#model ??= new WorkbenchModel({
      catalogs: this.catalog.split(/\s+/).filter(Boolean),
      review: (review) => this.dialog.ask(review),
      containerOf: (name) => this.#containerOf(name),
    }));
  }

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
      <div
        class="panes"
        data-pane=${this.pane}
        @unit-select=${this.#select}
        @unit-install=${this.#install}
        @unit-load=${({ detail }: Request<"unit-load">) => this.#keepingFocus(model.load(detail.name, detail.isolation))}
        @unit-unload=${({ detail }: Request<"unit-unload">) => this.#keepingFocus(model.unload(detail.name, detail.mode))}
        @unit-remove=${({ detail }: Request<"unit-remove">) => this.#keepingFocus(model.remove(detail.name))}
        @unit-call=${this.#call}
      >
        <nav class="list" aria-label="Units">
          <workbench-unit-list
            .items=${items}
            .found=${found}
            .failure=${catalogFailure}
            .query=${this.query}
            .selected=${selected}
            @search=${this.#search}
          ></workbench-unit-list>
        </nav>
        <main class="stage" id="stage">
          ${this.#stage()} ${selectedItem ? nothing : html`<workbench-welcome></workbench-welcome>`}
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
                ? repeat(
                    model.receipts,
                    (receipt) => receipt, // a new one is printed, and does not take the place of the one before
                    (receipt) => html`<workbench-receipt .receipt=${receipt}></workbench-receipt>`,
                  )
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
      <workbench-toasts .notices=${model.notices.shown}></workbench-toasts>
      <workbench-review-dialog></workbench-review-dialog>
      <p class="visually-hidden" role="status" aria-live="polite">${this.announcement}</p>
    `;
  }

  #stage() {
    const { model } = this;
    const { items, selectedItem: item, selected: name = "" } = model;
    const viewed = items.filter(({ isInstalled, hasView }) => isInstalled && hasView);
    const isThis = ({ unit }: { unit: string }) => unit.startsWith(`${name}@`);
    return html`<workbench-stage
      ?hidden=${!item}
      .item=${item}
      .samples=${this.samples}
      .outcome=${model.outcomes.get(name)}
      .failure=${model.failures.get(name)}
      .receipt=${model.receipts.find(isThis)}
    >
      ${repeat(
        new Set([...this.#startedHere, ...viewed.map((each) => each.name)]),
        (each) => each,
        (each) => {
          const unit = viewed.find((other) => other.name === each)?.unit;
          return html`<workbench-view-panel
            slot="view"
            data-unit=${each}
            ?hidden=${each !== name || !(unit || this.#startedHere.has(each))}
            .unit=${unit}
          ></workbench-view-panel>`;
        },
      )}
    </workbench-stage>`;
  }

  /** Where a frame cannot be moved, a view starts in its place. */
  async #containerOf(name: string): Promise<Element | undefined> {
    if ("moveBefore" in Element.prototype) return undefined;
    this.#startedHere.add(name);
    this.requestUpdate();
    await this.updateComplete;
    const panel = this.renderRoot.querySelector<ViewPanel>(`workbench-view-panel[data-unit="${CSS.escape(name)}"]`)!;
    await panel.updateComplete;
    return panel.container;
  }

  async #install({ detail: { name } }: Request<"unit-install">): Promise<void> {
    this.#show(name);
    await this.#keepingFocus(this.model.install(name));
  }

  async #call({ detail: { name, call } }: Request<"unit-call">): Promise<void> {
    const unit = this.model.items.find((item) => item.name === name)?.unit;
    if (!unit) return;
    this.model.setOutcome(name, { state: "running", call, duration: 0 });
    this.model.setOutcome(name, await perform(unit, call));
  }

  /** The button that began the work may be gone once it is done; then the focus goes to where the unit begins. */
  async #keepingFocus(work: Promise<void>): Promise<void> {
    await work;
    await this.updateComplete;
    await this.stage.updateComplete;
    if (!this.shadowRoot?.activeElement) this.stage.focus();
  }

  #search(event: CustomEvent<string>): void {
    this.query = event.detail;
    void this.model.search(event.detail);
  }

  async #select({ detail: { name } }: Request<"unit-select">): Promise<void> {
    this.#show(name);
    await this.updateComplete;
    await this.stage.updateComplete;
    this.stage.focus();
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
    void this.model.search(this.query); // reads the catalog anew
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
