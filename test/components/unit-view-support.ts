import type { UnitView } from "leasehold/components";
import type { Unit, UnitSource } from "leasehold";

/** What the units of these tests export: a way to do anything to their view from a test. */
export interface Box {
  run(code: string): Promise<unknown>;
}

/** A unit whose view is that markup, in that style. `box` is the element with that id. */
export function boxUnit(style = "", markup = `<div id="box">A view</div>`, name = "box"): UnitSource {
  const code = `
    export function activate({ root }) {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(${JSON.stringify(style)});
      document.adoptedStyleSheets = [sheet];
      root.innerHTML = ${JSON.stringify(markup)};
    }
    export const run = (code) => (0, eval)(code);
  `;
  return { code, manifest: { name, version: "1.0.0", view: true, title: "A box" } };
}

/** The element, in the page and told to show something. Nothing is awaited. */
export function addView(properties: Partial<UnitView>, parent: ParentNode & Node = document.body): UnitView {
  const view = Object.assign(document.createElement("unit-view"), properties);
  return parent.appendChild(view);
}

/** Resolves with the detail of the next such event. */
export function next<T = Record<string, unknown>>(target: EventTarget, type: string): Promise<T> {
  return new Promise((resolve) => {
    target.addEventListener(type, (event) => resolve((event as CustomEvent<T>).detail), { once: true });
  });
}

/** The element, once it shows the view. */
export async function showView(properties: Partial<UnitView>, parent?: ParentNode & Node): Promise<UnitView> {
  const view = addView(properties, parent);
  await shown(view);
  return view;
}

/** Waits for the view that the element is loading. */
export async function shown(view: UnitView): Promise<Unit> {
  const failed = next(view, "unit-error").then(({ error }) => {
    throw error as Error;
  });
  const { unit } = await Promise.race([next<{ unit: Unit }>(view, "unit-load"), failed]);
  await rendered(view);
  return unit;
}

/** Waits until the element has rendered what it knows; an update may bring about another. */
export async function rendered(view: UnitView): Promise<void> {
  while (!(await view.updateComplete));
}

/** Runs code in the view's realm. */
export const inView = (view: UnitView, code: string): Promise<unknown> =>
  (view.unit!.exports as unknown as Box).run(code);

export const frameOf = (view: UnitView): HTMLIFrameElement => view.shadowRoot!.querySelector("iframe")!;

/** An element of the view's own by its part. */
export const part = (view: UnitView, name: string): HTMLElement | null =>
  view.shadowRoot!.querySelector<HTMLElement>(`[part="${name}"]`);

/** What a person reads in the element. */
export const textOf = (view: UnitView): string =>
  view.shadowRoot!.querySelector(".stage")!.textContent.replaceAll(/\s+/g, " ").trim();

/** To be called after each test. */
export function removeViews(): void {
  for (const view of document.querySelectorAll("unit-view")) view.remove();
}
