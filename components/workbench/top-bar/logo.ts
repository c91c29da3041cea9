import { svg } from "lit";

/** Three tiles that stay and one that is on its way out: what the library is about. */
export const logo = svg`<svg viewBox="0 0 24 24" aria-hidden="true">
  <g fill="currentColor">
    <rect x="2.5" y="3.5" width="8" height="8" rx="2" opacity=".55"/>
    <rect x="2.5" y="13.5" width="8" height="8" rx="2"/>
    <rect x="12.5" y="13.5" width="8" height="8" rx="2" opacity=".55"/>
  </g>
  <rect x="14.25" y="2.75" width="7" height="7" rx="1.75" fill="none" stroke="currentColor" stroke-width="1.5" transform="rotate(12 17.75 6.25)"/>
</svg>`;
