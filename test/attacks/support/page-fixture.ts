/**
 * What stands for the page's own interface: a field that has the focus, history to go back in, a listener for keys, and a box
 * for the views of units.
 */
export class PageFixture {
  readonly views = document.createElement("div");
  readonly #field = document.createElement("input");
  readonly #listening = new AbortController();
  #heard = { keys: 0, traversals: 0 };
  #length = 0;

  constructor() {
    this.#field.style.cssText = "position:fixed;inset:0 auto auto 0";
    this.views.style.cssText = "margin-top:40px;height:300px";
    document.body.append(this.#field, this.views);
    history.pushState({ page: 1 }, "");
    const { signal } = this.#listening;
    addEventListener("keydown", () => this.#heard.keys++, { signal });
    addEventListener("popstate", () => this.#heard.traversals++, { signal });
  }

  /** To be called before a try. */
  reset(): void {
    this.#heard = { keys: 0, traversals: 0 };
    this.#field.focus();
    history.pushState({ page: 2 }, "");
    this.#length = history.length;
  }

  /** What the page has noticed since. */
  noticed(): Record<"history" | "focus" | "key" | "cover", boolean> {
    const { left, top } = this.#field.getBoundingClientRect();
    return {
      history: history.length !== this.#length || this.#heard.traversals > 0,
      focus: document.activeElement !== this.#field,
      key: this.#heard.keys > 0,
      cover: document.elementFromPoint(left + 3, top + 3) !== this.#field,
    };
  }

  remove(): void {
    this.#listening.abort();
    this.#field.remove();
    this.views.remove();
  }
}
