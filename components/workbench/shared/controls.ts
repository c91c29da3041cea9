import { css } from "lit";

/** Buttons, fields and pills. One look for each, wherever it stands. */
export const controls = css`
  button,
  input,
  select,
  textarea {
    font: inherit;
    color: inherit;
    letter-spacing: inherit;
  }
  button {
    cursor: pointer;
  }
  button:disabled {
    cursor: default;
  }
  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: var(--space-2);
    min-height: 2.25rem;
    padding: 0 var(--space-4);
    border: 1px solid var(--line-strong);
    border-radius: var(--radius-small);
    background: var(--surface);
    color: var(--ink);
    font-size: var(--text-note);
    font-weight: 600;
    white-space: nowrap;
    transition:
      background var(--quick),
      border-color var(--quick),
      color var(--quick);
  }
  .button:hover:not(:disabled) {
    background: var(--sunken);
    border-color: var(--ink-soft);
  }
  .button:disabled {
    opacity: 0.55;
  }
  .button.primary {
    background: var(--accent);
    border-color: var(--accent);
    color: var(--on-accent);
  }
  .button.primary:hover:not(:disabled) {
    background: var(--accent-strong);
    border-color: var(--accent-strong);
  }
  .button.quiet {
    border-color: transparent;
    background: transparent;
    color: var(--ink-soft);
  }
  .button.quiet:hover:not(:disabled) {
    background: var(--sunken);
    color: var(--ink);
  }
  .button.danger {
    border-color: transparent;
    background: transparent;
    color: var(--danger);
  }
  .button.danger:hover:not(:disabled) {
    background: var(--danger-soft);
  }
  .button.small {
    min-height: 1.875rem;
    padding: 0 var(--space-3);
  }
  .field {
    width: 100%;
    padding: var(--space-2) var(--space-3);
    border: 1px solid var(--line-strong);
    border-radius: var(--radius-small);
    background: var(--surface);
    color: var(--ink);
    font-size: var(--text-note);
    transition: border-color var(--quick);
  }
  .field:hover {
    border-color: var(--ink-soft);
  }
  .field::placeholder {
    color: var(--ink-soft);
    opacity: 1;
  }
  .pill {
    display: inline-flex;
    align-items: center;
    gap: 0.35em;
    padding: 0.1em 0.6em;
    border-radius: var(--radius-round);
    background: var(--sunken);
    color: var(--ink-soft);
    font-size: var(--text-small);
    font-weight: 550;
    white-space: nowrap;
  }
  .pill.on {
    background: var(--accent-soft);
    color: var(--accent-strong);
  }
  .pill.caution {
    background: var(--caution-soft);
    color: var(--caution);
  }
  .pill .dot {
    width: 0.5em;
    height: 0.5em;
    border-radius: 50%;
    background: currentColor;
  }
  progress {
    appearance: none;
    display: block;
    width: 100%;
    height: 0.375rem;
    border: 0;
    border-radius: var(--radius-round);
    background: var(--sunken);
    overflow: hidden;
  }
  progress::-webkit-progress-bar {
    background: var(--sunken);
  }
  progress::-webkit-progress-value {
    background: var(--accent);
    border-radius: var(--radius-round);
    transition: inline-size var(--quick);
  }
  progress::-moz-progress-bar {
    background: var(--accent);
  }
  progress:indeterminate {
    background: linear-gradient(90deg, var(--sunken) 30%, var(--accent) 50%, var(--sunken) 70%) 0 0 / 200% 100%;
    animation: sweep 1.2s linear infinite;
  }
  progress:indeterminate::-webkit-progress-bar {
    background: transparent;
  }
  progress:indeterminate::-moz-progress-bar {
    background: transparent;
  }
  @keyframes sweep {
    from {
      background-position: 100% 0;
    }
    to {
      background-position: -100% 0;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    progress:indeterminate {
      animation: none;
      background: var(--accent-soft);
    }
  }
`;
