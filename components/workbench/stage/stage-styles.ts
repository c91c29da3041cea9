import { css } from "lit";

export const stageStyles = css`
  :host {
    display: grid;
    gap: var(--space-5);
    max-width: 56rem;
    margin: 0 auto;
  }
  :host > * {
    min-width: 0;
  }
  header {
    display: grid;
    grid-template-columns: auto 1fr auto;
    gap: var(--space-4);
    align-items: start;
  }
  header workbench-unit-icon {
    --size: 3.5rem;
  }
  h2 {
    font-size: 1.5rem;
    letter-spacing: -0.02em;
    outline: none;
  }
  .facts {
    font-size: var(--text-note);
    color: var(--ink-soft);
  }
  .description {
    max-width: 38rem;
    margin: var(--space-2) 0;
  }
  .place {
    display: flex;
    align-items: start;
    justify-content: space-between;
    gap: var(--space-4);
    padding: var(--space-4);
    border: 1px solid var(--line);
    border-radius: var(--radius);
    background: var(--surface);
  }
  .controls {
    display: flex;
    flex: none;
    gap: var(--space-1);
  }
  .call {
    padding: var(--space-4);
    border: 1px solid var(--line);
    border-radius: var(--radius);
    background: var(--surface);
  }
  .problem {
    padding: var(--space-4);
    border-radius: var(--radius);
    background: var(--danger-soft);
  }
  .problem h3 {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-2);
    align-items: center;
    font-size: var(--text-body);
    color: var(--danger);
  }
  .problem code {
    padding: 0 0.4em;
    border: 1px solid currentColor;
    border-radius: 0.25rem;
    font: 500 var(--text-small) / 1.5 var(--font-mono);
  }
  .problem p {
    margin-top: var(--space-1);
    font-size: var(--text-note);
    white-space: pre-wrap;
    overflow-wrap: anywhere;
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
  .came-back {
    display: grid;
    gap: var(--space-3);
    max-width: 22rem;
  }
  @media (max-width: 46rem) {
    header {
      grid-template-columns: auto 1fr;
    }
    header workbench-unit-icon {
      --size: 2.75rem;
    }
    .actions {
      grid-column: 2;
    }
    .actions .danger {
      margin-inline-start: calc(-1 * var(--space-4));
    }
    .place {
      flex-direction: column;
    }
  }
`;
