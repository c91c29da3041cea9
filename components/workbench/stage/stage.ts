import { LitElement, html, nothing, type PropertyValues } from "lit";
import { property, state } from "lit/decorators.js";
import { keyed } from "lit/directives/keyed.js";
import type { Isolation, Receipt } from "../../../src/index.js";
import type { Call, Outcome } from "../model/call.js";
import { templatesFor } from "../model/call-templates.js";
import type { Item } from "../model/item.js";
import { base } from "../shared/base.js";
import { controls } from "../shared/controls.js";
import type { Failure } from "../shared/failure.js";
import { formatBytes } from "../shared/format.js";
import { doing, progressBar } from "../unit-card/unit-card.js";
import type { IsolationPicker } from "../isolation-picker/isolation-picker.js";
import { stageStyles } from "./stage-styles.js";

/**
 * The chosen unit: what it is, where it runs, what it can be called with, and what came back.
 * @fires install - detail: name
 * @fires load - detail: { name, isolation }
 * @fires unload - detail: { name, mode }
 * @fires remove - detail: name
 * @fires call - detail: Call
 */
export class Stage extends LitElement {
  static override styles = [base, controls, stageStyles];

  @property({ attribute: false }) item: Item | undefined = undefined;
  @property({ attribute: false }) outcome: Outcome | undefined = undefined;
  @property({ attribute: false }) failure: Failure | undefined = undefined;
  /** Of its last unload. */
  @property({ attribute: false }) receipt: Receipt | undefined = undefined;
  @state() private isolation: Isolation = "worker";

  override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get("item");
    if (changed.has("item") && (before?.name !== this.item.name || before.isolation !== this.item.isolation)) {
      this.isolation = this.item.isolation;
    }
  }

  /** Puts a keyboard or screen reader user where the chosen unit begins. */
  focusHeading(): void {
    this.renderRoot.querySelector<HTMLElement>("h2")?.focus();
  }

  override render() {
    const { unit, isInstalled, activity, title } = this.item;
    return html`
      ${this.#header()} ${activity ? html`<div class="bar">${progressBar(activity, title)}</div>` : nothing}
      ${this.failure ? this.#problem(this.failure) : nothing} ${isInstalled ? this.#place() : nothing}
      <slot name="view"></slot>
      ${unit ? this.#running() : nothing} ${isInstalled ? nothing : this.#preview()}
      ${!unit && this.receipt ? this.#whatCameBack(this.receipt) : nothing}
    `;
  }

  #header() {
    const { name, icon, title, description, publisher, version, bytes, permissions } = this.item;
    return html`<header>
      <workbench-unit-icon .name=${name} .icon=${icon ?? ""}></workbench-unit-icon>
      <div class="about">
        <h2 tabindex="-1">${title}</h2>
        <p class="facts">${publisher} · ${version}${bytes === undefined ? nothing : html` · ${formatBytes(bytes)}`}</p>
        <p class="description">${description}</p>
        <workbench-permission-list .permissions=${permissions}></workbench-permission-list>
      </div>
      <div class="actions">${this.#actions()}</div>
    </header>`;
  }

  #actions() {
    const { name, isInstalled, activity } = this.item;
    const busy = activity !== undefined;
    if (isInstalled) {
      return html`<button class="button danger" ?disabled=${busy} @click=${() => this.#tell("remove", name)}>
        Remove
      </button>`;
    }
    return html`<button class="button primary" ?disabled=${busy} @click=${() => this.#tell("install", name)}>
      ${activity ? `${doing[activity.kind]}…` : "Install"}
    </button>`;
  }

  #place() {
    const { name, unit, hasView, activity } = this.item;
    const busy = activity !== undefined;
    return html`<section class="place" aria-label="Where it runs">
      <workbench-isolation-picker
        .value=${this.isolation}
        ?view=${hasView}
        ?disabled=${busy}
        @change=${(event: Event) => (this.isolation = (event.target as IsolationPicker).value)}
      ></workbench-isolation-picker>
      <div class="controls">
        ${
          unit && unit.isolation === this.isolation
            ? html`
                <button class="button" ?disabled=${busy} @click=${() => this.#tell("unload", { name, mode: "wait" })}>
                  Unload
                </button>
                <button
                  class="button danger"
                  aria-label="Unload by force"
                  title="Rejects what is still running and removes the domain"
                  ?disabled=${activity !== undefined && activity.kind !== "unload"}
                  @click=${() => this.#tell("unload", { name, mode: "force" })}
                >
                  Force
                </button>
              `
            : html`<button
                class="button primary"
                ?disabled=${busy}
                @click=${() => this.#tell("load", { name, isolation: this.isolation })}
              >
                ${unit ? `Move to ${this.isolation}` : "Load"}
              </button>`
        }
      </div>
    </section>`;
  }

  #running() {
    const { name } = this.item;
    return html`
      <section class="call" aria-label="Call it">
        ${keyed(
          name,
          html`<workbench-call-panel
            .templates=${templatesFor(name)}
            ?busy=${this.outcome?.state === "running"}
            @call=${(event: CustomEvent<Call>) => this.#tell("call", event.detail)}
          ></workbench-call-panel>`,
        )}
      </section>
      <workbench-result-view .outcome=${this.outcome}></workbench-result-view>
    `;
  }

  #preview() {
    const templates = templatesFor(this.item.name);
    if (templates.length === 0) return nothing;
    return html`<section class="preview">
      <h3 class="eyebrow">What you can try</h3>
      <ul>
        ${templates.map(({ label, export: name }) => html`<li>${label}<code>${name}</code></li>`)}
      </ul>
    </section>`;
  }

  #problem({ name, code, message }: Failure) {
    return html`<div class="problem" role="alert">
      <h3>${name}${code ? html`<code>${code}</code>` : nothing}</h3>
      <p>${message}</p>
    </div>`;
  }

  #whatCameBack(receipt: Receipt) {
    return html`<section class="came-back" aria-label="What came back">
      <h3 class="eyebrow">What came back</h3>
      <workbench-receipt .receipt=${receipt}></workbench-receipt>
    </section>`;
  }

  #tell(type: string, detail: unknown): void {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
