import { LitElement, css, html, nothing, type PropertyValues } from "lit";
import { property, state } from "lit/decorators.js";
import { live } from "lit/directives/live.js";
import type { Accepted } from "../model/call-templates.js";
import { base } from "../shared/base.js";
import { controls } from "../shared/controls.js";
import { formatBytes } from "../shared/format.js";

/** One argument of a call: typed text, JSON, or a file that is chosen or dropped. */
export class ArgumentField extends LitElement {
  static override styles = [
    base,
    controls,
    css`
      .caption {
        display: flex;
        justify-content: space-between;
        align-items: baseline;
        gap: var(--space-3);
        margin-bottom: var(--space-1);
        font-size: var(--text-note);
      }
      label {
        font-weight: 600;
      }
      .hint {
        font-size: var(--text-small);
        color: var(--ink-soft);
      }
      .hint .choose {
        color: var(--accent);
        font-weight: 600;
        text-decoration: underline;
        text-underline-offset: 0.15em;
        cursor: pointer;
      }
      .hint:has(:focus-visible) {
        outline: 2px solid var(--accent);
        outline-offset: 2px;
        border-radius: var(--radius-small);
      }
      textarea {
        display: block;
        min-height: 2.375rem;
        max-height: 13rem;
        resize: vertical;
        font-family: var(--font-mono);
        font-size: var(--text-note);
        line-height: 1.5;
        tab-size: 2;
        field-sizing: content;
      }
      .drop {
        display: grid;
        place-items: center;
        gap: var(--space-1);
        min-height: 6rem;
        padding: var(--space-4);
        border: 1.5px dashed var(--line-strong);
        border-radius: var(--radius);
        background: var(--sunken);
        font-size: var(--text-note);
        color: var(--ink-soft);
        text-align: center;
      }
      .over .field,
      .over .drop {
        border-color: var(--accent);
        background: var(--accent-soft);
      }
      .fault {
        margin-top: var(--space-1);
        font-size: var(--text-small);
        color: var(--danger);
      }
    `,
  ];

  @property() label = "Input";
  /** What the field starts from, and starts again from when this changes. */
  @property({ attribute: false }) initial: unknown = "";
  @property() accepts: Accepted = "text";
  @state() private text = "";
  @state() private bytes: Uint8Array | undefined;
  @state() private fileName = "";
  @state() private isOver = false;
  @state() private fault = "";

  /** Whether there is a value to pass on; what is wrong with it is shown. */
  get isValid(): boolean {
    return this.fault === "";
  }

  /** What is passed to the unit: a string, what the JSON says, or a file's bytes. */
  get value(): unknown {
    if (this.accepts === "file") return this.bytes;
    return this.accepts === "json" ? (JSON.parse(this.text) as unknown) : this.text;
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has("initial") && !changed.has("accepts")) return;
    this.text = this.accepts === "json" ? toJson(this.initial) : String(this.initial ?? "");
    this.bytes = undefined;
    this.fault = "";
  }

  override render() {
    return html`<div
      class=${this.isOver ? "over" : ""}
      @dragover=${this.#dragOver}
      @dragleave=${() => (this.isOver = false)}
      @drop=${this.#drop}
    >
      <div class="caption">
        <label for="input">${this.label}</label>
        ${this.accepts === "json" ? html`<span class="hint">JSON</span>` : nothing}
        ${this.accepts === "text" ? this.#chooser("or drop or") : nothing}
      </div>
      ${this.accepts === "file" ? this.#dropZone() : this.#textBox()}
      ${this.fault ? html`<p class="fault" id="fault" role="alert">${this.fault}</p>` : nothing}
    </div>`;
  }

  #textBox() {
    return html`<textarea
      id="input"
      class="field"
      rows="1"
      spellcheck="false"
      autocapitalize="off"
      aria-invalid=${this.fault ? "true" : "false"}
      aria-describedby=${this.fault ? "fault" : nothing}
      .value=${live(this.text)}
      @input=${(event: Event) => this.#type((event.target as HTMLTextAreaElement).value)}
    ></textarea>`;
  }

  #dropZone() {
    const words = this.bytes
      ? html`<strong>${this.fileName}</strong> · ${formatBytes(this.bytes.byteLength)}`
      : "Drop a file here, or go on without one.";
    return html`<div class="drop">
      <p>${words}</p>
      ${this.#chooser("")}
    </div>`;
  }

  #chooser(words: string) {
    const id = this.accepts === "file" ? "input" : nothing;
    return html`<span class="hint">
      ${words}
      <label class="choose"
        >choose a file<input class="visually-hidden" type="file" id=${id} @change=${this.#choose}
      /></label>
    </span>`;
  }

  #type(text: string): void {
    this.text = text;
    this.fault = this.accepts === "json" ? jsonFault(text) : "";
  }

  get #takesFiles(): boolean {
    return this.accepts === "text" || this.accepts === "file";
  }

  #dragOver(event: DragEvent): void {
    if (!this.#takesFiles || !event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    this.isOver = true;
  }

  #drop(event: DragEvent): void {
    this.isOver = false;
    const file = event.dataTransfer?.files[0];
    if (!file || !this.#takesFiles) return;
    event.preventDefault();
    void this.#take(file);
  }

  #choose(event: Event): void {
    const input = event.target as HTMLInputElement;
    const file = input.files?.[0];
    if (file) void this.#take(file);
    input.value = ""; // so that the same file can be chosen again after it changed
  }

  async #take(file: File): Promise<void> {
    this.fileName = file.name;
    if (this.accepts === "file") this.bytes = new Uint8Array(await file.arrayBuffer());
    else this.text = await file.text();
  }
}

function jsonFault(text: string): string {
  try {
    JSON.parse(text);
    return "";
  } catch (error) {
    return (error as Error).message;
  }
}

function toJson(value: unknown): string {
  const flat = JSON.stringify(value) ?? "";
  return flat.length > 80 ? JSON.stringify(value, null, 2) : flat;
}
