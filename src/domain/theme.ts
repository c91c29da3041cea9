/**
 * The colours that a view is handed from where it is mounted, each with the property of its frame that resolves it: a view
 * knows neither the page's variables nor what light-dark() or a system colour means there. A frame without border and
 * columns shows none of them.
 */
const colors: Record<string, string> = {
  "--unit-color": "border-top-color",
  "--unit-background": "border-right-color",
  "--unit-accent": "border-bottom-color",
  "--unit-muted": "border-left-color",
  "--unit-border": "column-rule-color",
};

/** What else it is handed. A page sets these on the container, or on anything around it. */
const others = ["--unit-radius", "--unit-font"];

/** What a custom property that is set nowhere falls back to. */
const fallbacks: Record<string, string> = { "--unit-color": "color", "--unit-font": "font-family" };

const endsOfTransition = ["transitionend", "transitioncancel"];

/** Of the container, with every property of a theme in it: those that are set nowhere are empty. */
function readTheme(frame: HTMLIFrameElement, container: Element): Record<string, string> {
  const style = getComputedStyle(container);
  const resolved = getComputedStyle(frame);
  const theme: Record<string, string> = { "color-scheme": schemeOf(style) };
  for (const name of [...Object.keys(colors), ...others]) {
    const value = style.getPropertyValue(name).trim();
    const fallback = fallbacks[name];
    if (value) theme[name] = name in colors ? resolved.getPropertyValue(colors[name]!) : value;
    else theme[name] = fallback ? style.getPropertyValue(fallback) : "";
  }
  return theme;
}

/** A page that does not say is light, in a dark system too. */
const schemeOf = ({ colorScheme }: CSSStyleDeclaration): string => (colorScheme === "normal" ? "light" : colorScheme);

/**
 * Lets the frame resolve the colours; and tell when one of them changes, whatever the reason is (a sheet, a media query, a
 * state of some element, an ancestor's own transition), by a transition of something that a frame does not show.
 */
function prepare(frame: HTMLIFrameElement): void {
  for (const [name, probe] of Object.entries(colors)) frame.style.setProperty(probe, `var(${name})`);
  frame.style.textShadow = Object.keys(colors)
    .map((name) => `0 0 var(${name}, transparent)`)
    .join(", ");
  frame.style.transition = "text-shadow 1ms, color 1ms";
}

/**
 * Hands out the theme at a frame's container, now and whenever it changes.
 * @returns stops it
 */
export function watchTheme(
  frame: HTMLIFrameElement,
  container: Element,
  onTheme: (theme: Record<string, string>) => void,
): () => void {
  let last = "";
  const update = (): void => {
    const theme = readTheme(frame, container);
    const text = JSON.stringify(theme);
    // The media queries inside a frame follow its own colour scheme, and the system's where it has none.
    frame.style.colorScheme = theme["color-scheme"]!;
    if (text !== last) onTheme(theme);
    last = text;
    observe();
  };
  // Not every change of a theme is a change of colour, a page may forbid transitions, and where something is moved to a place
  // that is new as well, none is started.
  const observer = new MutationObserver((records) => {
    const isMoved = ({ removedNodes }: MutationRecord): boolean => [...removedNodes].some((node) => path.has(node));
    if (records.some((record) => record.type === "attributes" || isMoved(record))) update();
  });
  let path: ReadonlySet<Node>;
  let endings = new AbortController();
  const observe = (): void => {
    observer.disconnect();
    path = new Set(around(container));
    endings.abort();
    endings = new AbortController();
    for (const node of path) {
      observer.observe(node, { attributes: true, childList: true });
      // In Firefox an ancestor's transition starts none here. Its end is heard at the root that it bubbles to.
      if (!(node instanceof Element)) node.addEventListener("transitionend", onEnd, { signal: endings.signal });
    }
  };
  const onEnd = ({ target }: Event): void => {
    if (path.has(target as Node)) update();
  };
  const scheme = matchMedia("(prefers-color-scheme: dark)");
  scheme.addEventListener("change", update);
  // WebKit starts none for a change that cancels one that has not begun.
  for (const type of endsOfTransition) frame.addEventListener(type, update);
  prepare(frame);
  update();
  return () => {
    observer.disconnect();
    endings.abort();
    scheme.removeEventListener("change", update);
    for (const type of endsOfTransition) frame.removeEventListener(type, update);
  };
}

/** A node and those that it inherits from: its way up through slots and shadow roots. */
function* around(start: Node): Generator<Node> {
  for (let node: Node | null = start; node;) {
    yield node;
    if (node instanceof ShadowRoot) node = node.host;
    else node = (node as Element).assignedSlot ?? node.parentNode;
  }
}
