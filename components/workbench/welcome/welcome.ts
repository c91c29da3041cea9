import { LitElement, css, html } from "lit";
import { base } from "../shared/base.js";

const steps = [
  ["Install", "See what a unit asks for, then keep it in this browser. It works without a network from then on."],
  ["Call", "It runs in a sandbox of its own. You call it as if it were here, on your own text or files."],
  ["Take it back", "Unload it, and read on the receipt what came back: frames, workers, URLs, ports, memory."],
];

/** What the stage shows before a unit has been chosen. */
export class Welcome extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        max-width: 44rem;
        margin: 0 auto;
        padding: clamp(var(--space-4), 7vh, 5rem) 0;
      }
      h2 {
        font-size: var(--text-hero);
        letter-spacing: -0.025em;
      }
      .lead {
        max-width: 34rem;
        margin-top: var(--space-3);
        font-size: 1.0625rem;
        color: var(--ink-soft);
      }
      ol {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(11rem, 1fr));
        gap: var(--space-5);
        margin-top: var(--space-6);
        counter-reset: step;
      }
      li {
        padding-top: var(--space-3);
        border-top: 2px solid var(--accent);
        counter-increment: step;
      }
      h3 {
        font-size: var(--text-body);
      }
      h3::before {
        content: counter(step) " ";
        color: var(--accent);
        font-variant-numeric: tabular-nums;
      }
      li p {
        margin-top: var(--space-1);
        font-size: var(--text-note);
        color: var(--ink-soft);
      }
    `,
  ];

  override render() {
    return html`
      <h2>Code that leaves when you ask it to</h2>
      <p class="lead">
        Every unit here is a real library that somebody else wrote. Choose one: nothing of it runs before you say so,
        and nothing of it is left once you are done.
      </p>
      <ol>
        ${steps.map(
          ([title, words]) =>
            html`<li>
              <h3>${title}</h3>
              <p>${words}</p>
            </li>`,
        )}
      </ol>
    `;
  }
}
