import { css } from "lit";

export const appStyles = css`
  :host {
    display: grid;
    grid-template-rows: auto 1fr auto;
    height: 100dvh;
  }
  .panes {
    display: grid;
    grid-template-columns: minmax(19rem, 23rem) minmax(0, 1fr) minmax(17rem, 19rem);
    min-height: 0;
  }
  .panes > * {
    min-width: 0;
    overflow: auto;
    overscroll-behavior: contain;
  }
  .list {
    padding: 0 var(--space-3) var(--space-5);
    border-inline-end: 1px solid var(--line);
  }
  .stage {
    padding: var(--space-6) var(--space-6) var(--space-7);
  }
  .meters {
    display: grid;
    align-content: start;
    gap: var(--space-5);
    padding: var(--space-5) var(--space-4);
    border-inline-start: 1px solid var(--line);
  }
  .meters section {
    display: grid;
    gap: var(--space-3);
  }
  .note {
    padding: var(--space-4);
    border: 1px dashed var(--line-strong);
    border-radius: var(--radius);
    font-size: var(--text-note);
    color: var(--ink-soft);
  }
  .switch {
    display: none;
  }

  /* Two columns, with the meters in a strip below. Receipts need more room: the stage shows the last one of each unit. */
  @media (max-width: 68rem) {
    .panes {
      grid-template: minmax(0, 1fr) / minmax(17rem, 20rem) minmax(0, 1fr);
    }
    .stage {
      padding: var(--space-5);
    }
    .meters {
      grid-column: 1 / -1;
      padding: var(--space-3);
      border-inline-start: 0;
      border-top: 1px solid var(--line);
    }
    .meters h2,
    .meters .receipts {
      display: none;
    }
  }

  /* One column: one pane at a time, chosen below where the thumb is. */
  @media (max-width: 46rem) {
    .panes {
      grid-template: minmax(0, 1fr) / minmax(0, 1fr);
    }
    .panes > * {
      display: none;
      grid-area: 1 / 1;
      border: 0;
    }
    [data-pane="list"] > .list,
    [data-pane="stage"] > .stage,
    [data-pane="meters"] > .meters {
      display: grid;
      align-content: start;
    }
    .meters {
      padding: var(--space-4);
    }
    .meters h2 {
      display: block;
    }
    .meters .receipts {
      display: grid;
    }
    .stage {
      padding: var(--space-4);
    }
    .switch {
      display: grid;
      grid-auto-flow: column;
      grid-auto-columns: 1fr;
      padding-bottom: env(safe-area-inset-bottom);
      border-top: 1px solid var(--line);
      background: var(--surface);
    }
    .switch button {
      min-height: 3.25rem;
      border: 0;
      background: none;
      font: 600 var(--text-note) var(--font);
      color: var(--ink-soft);
      cursor: pointer;
    }
    .switch button[aria-current] {
      color: var(--accent);
      box-shadow: inset 0 2px var(--accent);
    }
    .switch button:focus-visible {
      outline-offset: -4px;
    }
  }
`;
