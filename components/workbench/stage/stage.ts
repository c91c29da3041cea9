import { LitElement, css, html, nothing } from "lit";
import { property, query } from "lit/decorators.js";
import { keyed } from "lit/directives/keyed.js";
import type { Receipt } from "../../../src/index.js";
import type { Outcome } from "../model/call.js";
import type { Item } from "../model/item.js";
import type { Sample } from "../model/sample.js";
import { base } from "../shared/base.js";
import { controls } from "../shared/controls.js";
import type { Failure } from "../shared/failure.js";
import { progressBar } from "../shared/progress.js";
import type { UnitHeader } from "../unit-header/unit-header.js";

/**
 * The chosen unit: what it is, where it runs, what it can be called with, and what came back.
 * @slot view - the views of units, only the chosen one's in sight
 */
export class Stage extends LitElement {
  static override styles = [
    base,
    controls,
    css`
      :host {
        display: grid;
        gap: var(--space-5);
        max-width: 56rem;
        margin: 0 auto;
      }
      :host > * {
        min-width: 0;
      }
      .came-back {
        display: grid;
        gap: var(--space-3);
        max-width: 22rem;
      }
      .preview ul {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr));
        gap: var(--space-2);
        margin-top: var(--space-3);
      }
      .preview li {
        display: flex;
        justify-content: space-between;
        gap: var(--space-3);
        padding: var(--space-3) var(--space-4);
        border: 1px solid var(--line);
        border-radius: var(--radius);
        background: var(--surface);
        font-size: var(--text-note);
        font-weight: 550;
      }
      .preview code {
        font: 400 var(--text-small) / 1.7 var(--font-mono);
        color: var(--ink-soft);
      }
    `,
  ];

  @property({ attribute: false }) item: Item | undefined = undefined;
  /** Of all units. */
  @property({ attribute: false }) samples: readonly Sample[] = [];
  @property({ attribute: false }) outcome: Outcome | undefined = undefined;
  @property({ attribute: false }) failure: Failure | undefined = undefined;
  /** Of its last unload. */
  @property({ attribute: false }) receipt: Receipt | undefined = undefined;
  @query("workbench-unit-header") private header!: UnitHeader | null;

  override focus(): void {
    this.header?.focus();
  }

  override render() {
    // The slot keeps its place whatever else is shown: a frame that leaves the page is lost.
    return html`${this.item ? this.#head(this.item) : nothing}<slot name="view"></slot
      >${this.item ? this.#body(this.item) : nothing}`;
  }

  #head(item: Item) {
    const { activity, title, isInstalled } = item;
    return html`
      <workbench-unit-header .item=${item}></workbench-unit-header>
      ${activity ? progressBar(activity, title) : nothing}
      ${this.failure ? html`<workbench-failure-note .failure=${this.failure}></workbench-failure-note>` : nothing}
      ${isInstalled ? html`<workbench-place-panel .item=${item}></workbench-place-panel>` : nothing}
    `;
  }

  #body({ name, unit, isInstalled }: Item) {
    if (unit) return this.#calls(name);
    return html`${this.receipt ? this.#whatCameBack(this.receipt) : nothing}
    ${isInstalled ? nothing : this.#preview(name)}`;
  }

  #calls(name: string) {
    const isBusy = this.outcome?.state === "running";
    const panel = html`<workbench-call-panel
      .unit=${name}
      .samples=${this.samples}
      ?busy=${isBusy}
    ></workbench-call-panel>`;
    return html`${keyed(name, panel)}<workbench-result-view .outcome=${this.outcome}></workbench-result-view>`;
  }

  #preview(name: string) {
    const samples = this.samples.filter(({ unit }) => unit === name);
    if (samples.length === 0) return nothing;
    return html`<section class="preview">
      <h3 class="eyebrow">What you can try</h3>
      <ul>
        ${samples.map((sample) => html`<li>${sample.label}<code>${sample.export}</code></li>`)}
      </ul>
    </section>`;
  }

  #whatCameBack(receipt: Receipt) {
    return html`<section class="came-back" aria-label="What came back">
      <h3 class="eyebrow">What came back</h3>
      <workbench-receipt .receipt=${receipt}></workbench-receipt>
    </section>`;
  }
}
