/** Calls back with the height of a view's content, in CSS pixels, now and whenever it changes. */
export function watchHeight(root: HTMLElement, onHeight: (height: number) => void): void {
  new ResizeObserver(() => onHeight(Math.ceil(root.getBoundingClientRect().height))).observe(root);
}

/** Puts the surroundings' custom properties and `color-scheme` on this document. */
export function showTheme(properties: Record<string, string>): void {
  for (const [name, value] of Object.entries(properties)) document.documentElement.style.setProperty(name, value);
}
