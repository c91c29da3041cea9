import { LitElement, css, html, nothing } from "lit";
import { property, queryAll, state } from "lit/decorators.js";
import { keyed } from "lit/directives/keyed.js";
import type { ArgumentField } from "../argument-field/argument-field.js";
import type { Call } from "../model/call.js";
import { ownCall, type CallTemplate } from "../model/call-templates.js";
import { base } from "../shared/base.js";
import { controls } from "../shared/controls.js";

/**
 * What can be called, with its arguments to fill in.
 * @fires call - the button was pressed; detail: a Call
 */
export class CallPanel extends LitElement {
  static override styles = [
    base,
    controls,
    css`
      .tabs {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-1);
        margin-bottom: var(--space-4);
      }
      .tab {
        min-height: 1.875rem;
        padding: 0 var(--space-3);
        border: 1px solid var(--line);
        border-radius: var(--radius-round);
        background: transparent;
        color: var(--ink-soft);
        font-size: var(--text-note);
        font-weight: 550;
        transition:
          background var(--quick),
          color var(--quick);
      }
      .tab:hover {
        color: var(--ink);
        border-color: var(--line-strong);
      }
      .tab[aria-pressed="true"] {
        background: var(--accent-soft);
        border-color: transparent;
        color: var(--accent-strong);
      }
      form {
        display: grid;
        gap: var(--space-3);
      }
      footer {
        display: flex;
        align-items: center;
        gap: var(--space-3);
        flex-wrap: wrap;
      }
      code {
        font: 500 var(--text-note) var(--font-mono);
        color: var(--ink-soft);
        overflow-wrap: anywhere;
      }
    `,
  ];

  @property({ attribute: false }) templates: CallTemplate[] = [];
  @property({ type: Boolean }) busy = false;
  @state() private index = 0;
  @queryAll("workbench-argument-field") private fields!: NodeListOf<ArgumentField>;

  override render() {
    const templates = [...this.templates, ownCall];
    const template = templates[this.index] ?? ownCall;
    return html`
      <div class="tabs" role="group" aria-label="What to call">
        ${templates.map(
          ({ label }, index) =>
            html`<button
              class="tab"
              type="button"
              aria-pressed=${index === this.index ? "true" : "false"}
              @click=${() => (this.index = index)}
            >
              ${label}
            </button>`,
        )}
      </div>
      <form @submit=${(event: Event) => this.#submit(event, template)}>
        ${keyed(
          template,
          template.parameters.map(
            ({ label, accepts, initial }) =>
              html`<workbench-argument-field
                label=${label}
                accepts=${accepts}
                .initial=${initial}
                @keydown=${this.#keyDown}
              ></workbench-argument-field>`,
          ),
        )}
        <footer>
          <button class="button primary" ?disabled=${this.busy}>${this.busy ? "Running…" : "Run"}</button>
          ${template.export ? html`<code>exports.${template.export}(${template.parameters.length ? "…" : ""})</code>` : nothing}
        </footer>
      </form>
    `;
  }

  #submit(event: Event, template: CallTemplate): void {
    event.preventDefault();
    const fields = [...this.fields];
    const faulty = fields.find(({ isValid }) => !isValid);
    if (faulty) return faulty.focus();
    const call = template.toCall(fields.map(({ value }) => value));
    this.dispatchEvent(new CustomEvent<Call>("call", { detail: call }));
  }

  // As in every place where code is typed and run.
  #keyDown(event: KeyboardEvent): void {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    this.renderRoot.querySelector("form")?.requestSubmit();
  }
}
