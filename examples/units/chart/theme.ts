/** Colours and type, resolved to what a canvas understands. */
export interface Theme {
  color: string;
  background: string;
  accent: string;
  muted: string;
  border: string;
  font: string;
}

const light = { color: "#1c2024", background: "#ffffff", accent: "#0a6cc4", muted: "#60646c", border: "#e0e1e6" };
const dark = { color: "#edeef0", background: "#111418", accent: "#5eb0ef", muted: "#9ba1a6", border: "#2b3036" };
const font = "system-ui, sans-serif";

// Asked for only when there is a view: a worker has no matchMedia.
const prefersDark = () => matchMedia("(prefers-color-scheme: dark)");

/** The host's theme: `--unit-color` and its like on the document's root, and where they are not set, the system's. */
export function readTheme(): Theme {
  const style = getComputedStyle(document.documentElement);
  const entries = Object.entries({ ...(prefersDark().matches ? dark : light), font });
  const resolved = entries.map(([name, fallback]) => [
    name,
    style.getPropertyValue(`--unit-${name}`).trim() || fallback,
  ]);
  return Object.fromEntries(resolved) as Theme;
}

/** Calls back when the theme changes; returns what ends that. The host hands its theme in as the root's `style`. */
export function watchTheme(changed: () => void): () => void {
  const scheme = prefersDark();
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ["style"] });
  scheme.addEventListener("change", changed);
  return () => {
    observer.disconnect();
    scheme.removeEventListener("change", changed);
  };
}
