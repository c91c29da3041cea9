import { css } from "lit";

/** Of what stands in for a view that there is not. */
export const noticeStyles = css`
  .notice {
    display: flex;
    flex-wrap: wrap;
    align-content: center;
    align-items: center;
    justify-content: space-between;
    gap: 0.75rem 1.5rem;
    padding: 1rem 1.25rem;
    border: 1px solid var(--_line);
    border-radius: var(--_round);
    background: var(--unit-background, transparent);
    font-size: 0.875rem;
    line-height: 1.5;
  }
  .words {
    flex: 1 1 16rem;
    min-inline-size: 0;
    max-inline-size: 65ch;
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    column-gap: 0.625rem;
    overflow-wrap: anywhere;
  }
  svg {
    inline-size: 1.25rem;
    block-size: 1.25rem;
    margin-block-start: 0.05rem;
    color: var(--unit-danger, light-dark(#b3261e, #ff9d94));
  }
  .closed svg {
    color: var(--_muted);
  }
  strong {
    font-weight: 600;
  }
  p {
    grid-column: 2;
    margin: 0.125rem 0 0;
    color: var(--_muted);
  }
  code {
    display: inline-block;
    padding: 0 0.4em;
    border-radius: 0.3em;
    background: var(--_tint);
    font:
      0.75rem/1.6 ui-monospace,
      "SF Mono",
      Menlo,
      Consolas,
      "Liberation Mono",
      monospace;
  }
  button {
    min-block-size: 2.25rem;
    padding: 0 0.875rem;
    border: 1px solid color-mix(in srgb, currentColor 55%, transparent);
    border-radius: calc(var(--_round) * 0.75);
    background: transparent;
    color: inherit;
    font: inherit;
    font-weight: 600;
    cursor: pointer;
    transition: background 120ms;
  }
  button:hover {
    background: var(--_tint);
  }
  button:focus-visible {
    outline: 2px solid var(--unit-accent, currentColor);
    outline-offset: 2px;
  }
  @media (prefers-reduced-motion: reduce) {
    button {
      transition: none;
    }
  }
`;
