/**
 * The custom properties that a view is handed from where it is mounted, with the ordinary property each falls back to.
 * A page sets them on the container, or on anything around it.
 */
const properties: Record<string, string | undefined> = {
  "--unit-color": "color",
  "--unit-background": undefined,
  "--unit-accent": undefined,
  "--unit-muted": undefined,
  "--unit-border": undefined,
  "--unit-radius": undefined,
  "--unit-font": "font-family",
};

function readTheme(element: Element): Record<string, string> {
  const style = getComputedStyle(element);
  const theme: Record<string, string> = { "color-scheme": style.colorScheme };
  for (const [name, fallback] of Object.entries(properties)) {
    const value = style.getPropertyValue(name).trim() || (fallback ? style.getPropertyValue(fallback) : "");
    if (value) theme[name] = value;
  }
  return theme;
}

/**
 * Hands out the theme at an element, now and whenever an attribute around it or the system's colour scheme changes.
 * @returns stops it
 */
export function watchTheme(element: Element, onTheme: (theme: Record<string, string>) => void): () => void {
  let last = "";
  const update = (): void => {
    const theme = readTheme(element);
    const text = JSON.stringify(theme);
    if (text !== last) onTheme(theme);
    last = text;
  };
  const observer = new MutationObserver(update);
  for (let node: Node | null = element; node; node = node.parentNode ?? (node instanceof ShadowRoot ? node.host : null)) {
    if (node instanceof Element) observer.observe(node, { attributes: true });
  }
  const scheme = matchMedia("(prefers-color-scheme: dark)");
  scheme.addEventListener("change", update);
  update();
  return () => {
    observer.disconnect();
    scheme.removeEventListener("change", update);
  };
}
