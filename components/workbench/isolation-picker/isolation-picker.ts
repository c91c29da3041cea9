import { LitElement, css, html } from "lit";
import { property } from "lit/decorators.js";
import type { Isolation } from "../../../src/index.js";
import { base } from "../shared/base.js";
import { hiddenRadios } from "../shared/hidden-radios.js";

const choices: { value: Isolation; label: string; words: string }[] = [
  {
    value: "worker",
    label: "Worker",
    words: "A thread of its own in a sandboxed frame. Sees no page, and every engine can end it.",
  },
  {
    value: "frame",
    label: "Frame",
    words: "A sandboxed frame of no origin. May show a view, and reads nothing of this page.",
  },
  {
    value: "realm",
    label: "Realm",
    words: "A hidden frame of this origin. Fast, and no wall: only for code you trust.",
  },
];

/**
 * Where a unit is to run.
 * @fires change - another place was chosen; read `value`
 */
export class IsolationPicker extends LitElement {
  static override styles = [
    base,
    hiddenRadios,
    css`
      .choices {
        display: inline-flex;
        padding: 3px;
        border-radius: var(--radius);
        background: var(--sunken);
        border: 1px solid var(--line);
      }
      input:disabled {
        cursor: default;
      }
      span {
        display: block;
        padding: 0.3rem 0.9rem;
        border-radius: calc(var(--radius) - 3px);
        font-size: var(--text-note);
        font-weight: 550;
        color: var(--ink-soft);
        transition:
          background var(--quick),
          color var(--quick);
      }
      input:hover:enabled + span {
        color: var(--ink);
      }
      input:checked + span {
        background: var(--raised);
        box-shadow: var(--shadow);
        color: var(--ink);
      }
      input:focus-visible + span {
        outline: 2px solid var(--accent);
        outline-offset: 1px;
      }
      input:disabled:not(:checked) + span {
        text-decoration: line-through;
        opacity: 0.65;
      }
      p {
        margin-top: var(--space-2);
        font-size: var(--text-note);
        color: var(--ink-soft);
      }
    `,
  ];

  @property() value: Isolation = "worker";
  /** A view needs a document to be drawn in, which a worker has not. */
  @property({ type: Boolean }) view = false;
  @property({ type: Boolean }) disabled = false;

  override render() {
    return html`<fieldset ?disabled=${this.disabled} aria-describedby="words">
      <legend class="visually-hidden">Where to run it</legend>
      <div class="choices">
        ${choices.map(
          ({ value, label }) =>
            html`<label>
              <input
                type="radio"
                name="isolation"
                value=${value}
                .checked=${value === this.value}
                ?disabled=${this.view && value === "worker"}
                @change=${() => this.#choose(value)}
              />
              <span>${label}</span>
            </label>`,
        )}
      </div>
      <p id="words">${choices.find(({ value }) => value === this.value)?.words}</p>
    </fieldset>`;
  }

  #choose(value: Isolation): void {
    this.value = value;
    this.dispatchEvent(new Event("change"));
  }
}
