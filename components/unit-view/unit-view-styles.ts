import { css } from "lit";

/** Every colour comes from the theme that the view is handed, else from the colour of the text around the element. */
export const unitViewStyles = css`
  :host {
    display: block;
  }
  :host([hidden]) {
    display: none;
  }
  .stage {
    --_muted: var(--unit-muted, color-mix(in srgb, currentColor 76%, transparent));
    --_line: var(--unit-border, color-mix(in srgb, currentColor 16%, transparent));
    --_tint: color-mix(in srgb, currentColor 6%, transparent);
    --_round: var(--unit-radius, 0.5rem);
    position: relative;
    display: grid;
    grid-template-columns: minmax(0, 1fr);
  }
  .stage > .loading,
  .stage > .notice {
    box-sizing: border-box;
    min-block-size: max(var(--unit-view-min-height, 9.375rem), var(--_last-height, 0px));
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
    border-radius: var(--_round);
    background: var(--_tint);
    animation: appear 240ms 120ms both;
  }
  .skeleton::after {
    content: "";
    position: absolute;
    inset: 0;
    background: linear-gradient(100deg, transparent 20%, var(--_tint) 50%, transparent 80%);
    opacity: 0.7;
    animation: sweep 1.6s infinite;
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
    .frame {
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
