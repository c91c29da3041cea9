/** Milliseconds for which a press may count as one: Chromium's, and no engine's is longer. */
const LASTS = 5000;

let last = -Infinity;
let isWatching = false;

/** Begins to take notice of what is pressed in the page itself; a press in a frame shows in no event of the page's. */
export function watchPresses(): void {
  if (isWatching) return;
  isWatching = true;
  const press = (event: Event): void => {
    // Tab is how the focus comes into a view.
    if (event.isTrusted && (event as KeyboardEvent).key !== "Tab") last = performance.now();
  };
  for (const type of ["keydown", "pointerdown"]) addEventListener(type, press, { capture: true, passive: true });
}

/**
 * Whether the press that counts now may have been in the page itself, and not in the frame that has the focus: what is in a frame
 * can take that at any time.
 */
export function mayBePagePress(): boolean {
  return performance.now() - last < LASTS;
}
