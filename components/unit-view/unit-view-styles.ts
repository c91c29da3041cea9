import { css } from "lit";

/** Every colour comes from the theme that the view is handed, else from the colour of the text around the element. */
export const unitViewStyles = css`
  :host {
    display: block;
    --muted: var(--unit-muted, color-mix(in srgb, currentColor 76%, transparent));
    --line: var(--unit-border, color-mix(in srgb, currentColor 16%, transparent));
    --tint: color-mix(in srgb, currentColor 6%, transparent);
    --round: var(--unit-radius, 0.5rem);
  }
  :host([hidden]) {
    display: none;
  }
  .stage {
    position: relative;
    display: grid;
    grid-template-columns: minmax(0, 1fr);
  }
  .stage > .loading,
  .stage > .notice {
    box-sizing: border-box;
    min-block-size: max(var(--unit-view-min-height, 9.375rem), var(--last-height, 0px));
    color: var(--unit-color, inherit);
    font-family: var(--unit-font, inherit);
  }
  .frame {
    transition: opacity 160ms;
  }
  /* Laid out, because the unit in it draws already, but neither seen nor reached nor taking any room. */
  .frame.waiting {
    position: absolute;
    inset: 0;
    overflow: hidden;
    visibility: hidden;
    opacity: 0;
    transition: none;
  }
  .loading {
    display: grid;
    outline: none;
  }
  .skeleton {
    position: relative;
    overflow: hidden;
    border-radius: var(--round);
    background: var(--tint);
    animation: appear 240ms 120ms both;
  }
  .skeleton::after {
    content: "";
    position: absolute;
    inset: 0;
    background: linear-gradient(100deg, transparent 20%, var(--tint) 50%, transparent 80%);
    opacity: 0.7;
    animation: sweep 1.6s infinite;
  }
  .notice {
    display: flex;
    flex-wrap: wrap;
    align-content: center;
    align-items: center;
    justify-content: space-between;
    gap: 0.75rem 1.5rem;
    padding: 1rem 1.25rem;
    border: 1px solid var(--line);
    border-radius: var(--round);
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
    color: var(--muted);
  }
  strong {
    font-weight: 600;
  }
  p {
    grid-column: 2;
    margin: 0.125rem 0 0;
    color: var(--muted);
  }
  code {
    display: inline-block;
    padding: 0 0.4em;
    border-radius: 0.3em;
    background: var(--tint);
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
    border-radius: calc(var(--round) * 0.75);
    background: transparent;
    color: inherit;
    font: inherit;
    font-weight: 600;
    cursor: pointer;
    transition: background 120ms;
  }
  button:hover {
    background: var(--tint);
  }
  button:focus-visible {
    outline: 2px solid var(--unit-accent, currentColor);
    outline-offset: 2px;
  }
  .visually-hidden {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  @keyframes appear {
    from {
      opacity: 0;
    }
  }
  @keyframes sweep {
    from {
      translate: -100%;
    }
    to {
      translate: 100%;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .frame,
    button {
      transition: none;
    }
    .skeleton,
    .skeleton::after {
      animation: none;
    }
  }
  @media (forced-colors: active) {
    .skeleton {
      border: 1px solid;
    }
  }
`;
