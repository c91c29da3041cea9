import { LitElement, css, html, svg } from "lit";
import { property } from "lit/decorators.js";
import { base } from "../shared/base.js";

const width = 240;
const height = 48;

/** A line over recent samples, evenly spaced, scaled between their own extremes. Decoration: its figures stand beside it. */
export class Sparkline extends LitElement {
  static override styles = [
    base,
    css`
      svg {
        display: block;
        width: 100%;
        height: var(--height, 2.5rem);
        overflow: visible;
      }
      svg {
        border-bottom: 1px solid var(--line);
      }
      .area {
        fill: var(--accent-soft);
      }
      .line {
        fill: none;
        stroke: var(--accent);
        stroke-width: 1.5;
        stroke-linejoin: round;
        vector-effect: non-scaling-stroke;
      }
    `,
  ];

  @property({ attribute: false }) samples: readonly number[] = [];
  /** How many samples fill the whole width. */
  @property({ type: Number }) capacity = 60;

  override render() {
    const points = this.#points();
    const [first, last] = [points[0], points.at(-1)];
    if (!first || !last) return html`<svg aria-hidden="true"></svg>`;
    const line = points.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join(" ");
    return html`<svg viewBox="0 0 ${width} ${height}" preserveAspectRatio="none" aria-hidden="true">
      ${svg`<polygon class="area" points="${first[0]},${height} ${line} ${last[0]},${height}"/><polyline class="line" points=${line}/>`}
    </svg>`;
  }

  #points(): [number, number][] {
    const samples = this.samples.slice(-this.capacity);
    const low = Math.min(...samples);
    // Steady memory should look steady: a range of less than 5 % of the value is not blown up to the full height.
    const range = Math.max(Math.max(...samples) - low, low * 0.05, 1);
    const step = width / (this.capacity - 1);
    const start = width - step * (samples.length - 1);
    return samples.map((sample, index) => [start + index * step, height - 3 - ((sample - low) / range) * (height - 8)]);
  }
}
