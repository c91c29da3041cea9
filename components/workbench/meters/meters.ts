import { LitElement, css, html, nothing } from "lit";
import { property } from "lit/decorators.js";
import type { Host } from "../../../src/index.js";
import { base } from "../shared/base.js";
import { formatBytes } from "../shared/format.js";
import { MeterReadings } from "./meter-readings.js";

const meters = [
  { key: "units", label: "Units", title: "Units that are loaded" },
  { key: "frames", label: "Frames", title: "Sandboxed frames with a unit in them" },
  { key: "workers", label: "Workers", title: "Workers with a unit in them" },
  { key: "urls", label: "URLs", title: "Blob URLs not yet revoked" },
  { key: "ports", label: "Ports", title: "Open message ports" },
  { key: "leases", label: "Leases", title: "Tracked references that keep units loaded" },
  { key: "warm", label: "Warm", title: "Empty domains kept ready, so that the next unit starts quickly" },
] as const;

/** What the host holds at this moment, and the page's memory where the engine tells it. */
export class Meters extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        container-type: inline-size;
      }
      dl {
        display: grid;
        grid-template-columns: repeat(12, 1fr);
        gap: 1px;
        border: 1px solid var(--line);
        border-radius: var(--radius);
        background: var(--line);
        overflow: hidden;
      }
      dl > div {
        grid-column: span 3;
        display: flex;
        flex-direction: column-reverse;
        padding: var(--space-2) var(--space-3);
        background: var(--surface);
      }
      dl > div:nth-child(-n + 3) {
        grid-column: span 4;
      }
      dt {
        font-size: var(--text-small);
        color: var(--ink-soft);
      }
      dd {
        font: 600 1.25rem / 1.3 var(--font);
        font-variant-numeric: tabular-nums;
        letter-spacing: -0.02em;
        transition: color var(--calm);
      }
      dd.zero {
        color: var(--ink-soft);
        font-weight: 450;
      }
      figure {
        margin-top: var(--space-3);
        padding: var(--space-2) var(--space-3) var(--space-3);
        border: 1px solid var(--line);
        border-radius: var(--radius);
        background: var(--surface);
      }
      figcaption {
        display: flex;
        justify-content: space-between;
        align-items: baseline;
        font-size: var(--text-small);
        color: var(--ink-soft);
      }
      figcaption strong {
        font-size: var(--text-note);
        font-weight: 600;
        font-variant-numeric: tabular-nums;
        color: var(--ink);
      }
      /* One row, with the memory beside it. */
      @container (min-width: 28rem) {
        .board {
          display: grid;
          grid-template-columns: 3fr minmax(9rem, 1fr);
          gap: var(--space-3);
        }
        figure {
          margin: 0;
          padding-block: var(--space-2);
        }
        workbench-sparkline {
          --height: 1.5rem;
        }
        dl {
          grid-template-columns: repeat(7, 1fr);
        }
        dl > div,
        dl > div:nth-child(-n + 3) {
          grid-column: auto;
        }
      }
    `,
  ];

  @property({ attribute: false }) host!: Host;
  readonly #readings = new MeterReadings(this, () => this.host);

  override render() {
    const { counts, memory } = this.#readings;
    if (!counts) return nothing;
    const latest = memory.at(-1);
    return html`<div class="board">
      <dl>
        ${meters.map(
          ({ key, label, title }) =>
            html`<div title=${title}>
              <dt>${label}</dt>
              <dd class=${counts[key] === 0 ? "zero" : ""} data-meter=${key}>${counts[key]}</dd>
            </div>`,
        )}
      </dl>
      ${
        latest === undefined
          ? nothing
          : html`<figure>
              <figcaption>
                <span title="Of the last minute">Page memory</span><strong>${formatBytes(latest)}</strong>
              </figcaption>
              <workbench-sparkline .samples=${memory}></workbench-sparkline>
            </figure>`
      }
    </div>`;
  }
}
