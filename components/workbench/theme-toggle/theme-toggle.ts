import { LitElement, css, html, svg } from "lit";
import { state } from "lit/decorators.js";
import { base } from "../shared/base.js";
import { hiddenRadios } from "../shared/hidden-radios.js";

type Theme = "auto" | "light" | "dark";
const key = "leasehold-workbench-theme";

/** Light, dark, or whatever the system says; remembered. */
export class ThemeToggle extends LitElement {
  static override styles = [
    base,
    hiddenRadios,
    css`
      fieldset {
        display: flex;
        padding: 2px;
        border: 1px solid var(--line);
        border-radius: var(--radius-round);
        background: var(--sunken);
      }
      svg {
        display: block;
        width: 1.75rem;
        height: 1.75rem;
        padding: 0.4rem;
        border-radius: 50%;
        color: var(--ink-soft);
        transition:
          background var(--quick),
          color var(--quick);
      }
      input:hover + svg {
        color: var(--ink);
      }
      input:checked + svg {
        background: var(--raised);
        color: var(--ink);
        box-shadow: var(--shadow);
      }
      input:focus-visible + svg {
        outline: 2px solid var(--accent);
        outline-offset: 1px;
      }
    `,
  ];

  @state() private theme: Theme = read();

  override connectedCallback(): void {
    super.connectedCallback();
    apply(this.theme);
  }

  override render() {
    return html`<fieldset>
      <legend class="visually-hidden">Colour theme</legend>
      ${themes.map(
        ({ value, label, icon }) =>
          html`<label title=${label}>
            <span class="visually-hidden">${label}</span>
            <input
              type="radio"
              name="theme"
              value=${value}
              .checked=${value === this.theme}
              @change=${() => this.#choose(value)}
            />
            <svg
              viewBox="0 0 16 16"
              fill="none"
              stroke="currentColor"
              stroke-width="1.5"
              stroke-linecap="round"
              aria-hidden="true"
            >
              ${icon}
            </svg>
          </label>`,
      )}
    </fieldset>`;
  }

  #choose(theme: Theme): void {
    this.theme = theme;
    apply(theme);
    try {
      localStorage.setItem(key, theme);
    } catch {
      // Site data is blocked: the choice lasts as long as the page.
    }
  }
}

const themes: { value: Theme; label: string; icon: unknown }[] = [
  {
    value: "auto",
    label: "As the system",
    icon: svg`<rect x="2" y="3" width="12" height="8.5" rx="1.5"/><path d="M6 14h4"/>`,
  },
  {
    value: "light",
    label: "Light",
    icon: svg`<circle cx="8" cy="8" r="2.75"/><path d="M8 1.5v1M8 13.5v1M1.5 8h1M13.5 8h1M3.4 3.4l.7.7M11.9 11.9l.7.7M3.4 12.6l.7-.7M11.9 4.1l.7-.7"/>`,
  },
  {
    value: "dark",
    label: "Dark",
    icon: svg`<path d="M13.5 9.6A5.9 5.9 0 0 1 6.4 2.5a5.75 5.75 0 1 0 7.1 7.1z" stroke-linejoin="round"/>`,
  },
];

function read(): Theme {
  try {
    const stored = localStorage.getItem(key);
    return stored === "light" || stored === "dark" ? stored : "auto";
  } catch {
    return "auto";
  }
}

function apply(theme: Theme): void {
  if (theme === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}
