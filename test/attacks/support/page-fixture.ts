/**
 * What stands for the page's own interface: a field that has the focus, a step of history to go back to, a listener for keys, and a box
 * for the views of units.
 */
export class PageFixture {
  readonly views = document.createElement("div");
  readonly #field = document.createElement("input");
  readonly #listening = new AbortController();
  #keys = 0;
  #steps = 0;

  constructor() {
    this.#field.style.cssText = "position:fixed;inset:0 auto auto 0";
    this.views.style.cssText = "margin-top:40px;height:300px";
    document.body.append(this.#field, this.views);
    history.pushState({ step: this.#steps }, "");
    const { signal } = this.#listening;
    addEventListener("keydown", () => this.#keys++, { signal });
  }

  /** To be called before a try. */
  reset(): void {
    this.#keys = 0;
    this.#field.focus();
    history.pushState({ step: ++this.#steps }, "");
  }

  /** What the page has noticed since. */
  noticed(): Record<"focus" | "key" | "cover", boolean> {
    const { left, top } = this.#field.getBoundingClientRect();
    return {
      focus: document.activeElement !== this.#field,
      key: this.#keys > 0,
      cover: document.elementFromPoint(left + 3, top + 3) !== this.#field,
    };
  }

  remove(): void {
    this.#listening.abort();
    this.#field.remove();
    this.views.remove();
  }
}
