import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { property, query } from "lit/decorators.js";
import type { Grant, Host, Isolation, Unit, UnitSource } from "../../src/index.js";
import { notice } from "./notice.js";
import { noticeStyles } from "./notice-styles.js";
import { readGrant, readIsolation } from "./read-attributes.js";
import { unitViewStyles } from "./unit-view-styles.js";
import { ViewLoader, type ViewRequest, type ViewState } from "./view-loader.js";

/** What makes another load necessary when it changes. */
const causes = ["src", "source", "loaded", "isolation", "grant", "host"] as const;

const events: Partial<Record<ViewState["phase"], string>> = {
  shown: "unit-load",
  error: "unit-error",
  crashed: "unit-crash",
};

/**
 * Shows a unit's view: loads the unit when it is put into the page, and takes it back when it is taken out. A change of
 * what it is asked to show unloads the old unit, then loads the new one. As high as the view's content.
 *
 * The element owns the unit, which it unloads by force. Taken out of the page, its frame is gone before anybody can be
 * asked, so finalizers do not run; where they matter, await `unit.unload()` first. `append()` of an element that is in the
 * page takes it out and puts it in again, so it loads anew; `moveBefore()` keeps the view alive, except in Firefox, where it
 * does as `append()` does.
 *
 * @element unit-view
 *
 * @attr {string} src - Address of the unit's manifest (.json); relative ones resolve against the document.
 * @attr {"frame" | "worker" | "realm"} [isolation="frame"] - Where the unit runs. A worker has no view to show.
 * @attr {string} grant - What the unit may do, as JSON: `{"network": ["https://api.example.com"]}`. Default: nothing.
 *
 * @fires {CustomEvent<{ unit: Unit }>} unit-load - The view is shown.
 * @fires {CustomEvent<{ error: unknown }>} unit-error - The unit could not be loaded.
 * @fires {CustomEvent<{ error: unknown }>} unit-crash - The view ended without having been asked to: its frame was removed,
 *   moved by hand or went to another document.
 *
 * @slot loading - In place of the skeleton.
 * @slot error - In place of what is said about an error or a crash; see the `error` property. The button stays.
 *
 * @csspart frame - Around the view's frame; a limit to its height goes here.
 * @csspart loading - What stands there while the unit is loaded.
 * @csspart error - What is said where there is no view.
 * @csspart retry - The button that loads the unit again.
 *
 * @cssprop [--unit-color] - Of the text; handed to the view, as are the next six. Default: the `color` around the element.
 * @cssprop [--unit-background] - Behind the view.
 * @cssprop [--unit-accent] - Of what stands out, and of the focus ring.
 * @cssprop [--unit-muted] - Of text that stands back.
 * @cssprop [--unit-border] - Of lines.
 * @cssprop [--unit-radius] - Of corners.
 * @cssprop [--unit-font] - Default: the `font-family` around the element.
 * @cssprop [--unit-danger] - Of the sign at an error.
 * @cssprop [--unit-view-min-height=9.375rem] - Room that is kept while there is no view; the height of the last view if that
 *   is more.
 *
 * @cssstate empty - There is nothing to show.
 * @cssstate loading
 * @cssstate shown
 * @cssstate error
 * @cssstate crashed
 * @cssstate closed - Somebody else unloaded the unit.
 */
export class UnitView extends LitElement {
  static override styles = [unitViewStyles, noticeStyles];

  /** Address of the unit's manifest. */
  @property() src: string | null = null;
  /** The unit itself, in any form that a host loads; wins over `src`. */
  @property({ attribute: false }) source: UnitSource | undefined = undefined;
  /**
   * A unit that somebody else has loaded, to be shown here as it is; wins over `source`. It stays theirs: the element mounts
   * its view, and lets go of it when the unit is asked to go. Taking the element out of the page ends the unit, because its
   * frame goes too; set this to undefined first.
   */
  @property({ attribute: false }) loaded: Unit | undefined = undefined;
  /** Where the unit runs. */
  @property() isolation: Isolation = "frame";
  /** What the unit may do, of what its manifest asks for: an object, or its JSON. Default: nothing. */
  @property() grant: Grant | string | null | undefined = undefined;
  /** The host to load through, which stays its owner's. Without one, all elements share a host of their own. */
  @property({ attribute: false }) host: Host | undefined = undefined;

  @query(".stage") private readonly stage!: HTMLElement;
  @query(".frame") private readonly container!: HTMLElement;
  readonly #internals = this.attachInternals();
  readonly #loader = new ViewLoader((state) => this.#show(state));
  readonly #sizes = new ResizeObserver(([entry]) => this.#resized(entry!.contentRect.height));
  /** Of the view that is shown, or was last. */
  #height = 0;
  /** Of the view that is shown. */
  #window: Window | null | undefined;
  #isDue = false;
  #told: ViewState | undefined;

  /** The unit whose view is shown; undefined while there is none. */
  get unit(): Unit | undefined {
    const { state } = this.#loader;
    return state.phase === "shown" ? state.unit : undefined;
  }

  /** Why there is no view; undefined where nothing went wrong. */
  get error(): unknown {
    const { state } = this.#loader;
    return "error" in state ? state.error : undefined;
  }

  /** Unloads the unit, if there is one, and loads it anew. */
  reload(): void {
    this.#isDue = true;
    this.requestUpdate();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.reload();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#sizes.disconnect();
    this.#loader.stop();
  }

  /** Present so that moveBefore() keeps the element: without it the platform takes it out and puts it in again. */
  connectedMoveCallback(): void {
    // Firefox reloads a frame that is moved with the shadow tree that it is in.
    if (!this.unit || this.#frame?.contentWindow === this.#window) return;
    this.disconnectedCallback();
    this.connectedCallback();
  }

  protected override update(changed: PropertyValues<this>): void {
    const root = this.shadowRoot!;
    const { activeElement } = root;
    super.update(changed);
    if (!activeElement) return;
    // Who pressed the button, or was in the view, is not thrown back to the start of the page when that goes.
    const { phase } = this.#loader.state;
    const keepsFocus = activeElement.isConnected && (phase === "shown" || activeElement.localName !== "iframe");
    if (keepsFocus) return;
    const next = phase === "shown" ? "iframe" : phase === "loading" ? ".loading" : "button";
    root.querySelector<HTMLElement>(next)?.focus({ preventScroll: true });
  }

  protected override updated(changed: PropertyValues<this>): void {
    // What stands in for a view takes its room, so that nothing around it moves. Not an attribute, which a strict policy forbids.
    this.stage.style.setProperty("--_last-height", `${this.#height}px`);
    // Only now, so that who listens finds the element as it says.
    this.#tell(this.#loader.state);
    this.#isDue ||= causes.some((name) => changed.has(name));
    if (!this.#isDue || !this.isConnected) return;
    this.#isDue = false;
    this.#sizes.observe(this.container);
    if (!this.loaded && this.source === undefined && !this.src) return this.#loader.stop();
    this.#loader.load(() => this.#request());
  }

  #request(): ViewRequest {
    const { container, loaded } = this;
    if (loaded) return { unit: loaded, container };
    return {
      source: this.source ?? this.src!,
      isolation: readIsolation(this.isolation),
      grant: readGrant(this.grant),
      host: this.host,
      container,
    };
  }

  protected override render(): TemplateResult {
    const { state } = this.#loader;
    const isLoading = state.phase === "loading";
    return html`<div class="stage">
      <div part="frame" class="frame ${state.phase === "shown" ? "" : "waiting"}"></div>
      ${
        isLoading
          ? html`<div part="loading" class="loading" tabindex="-1">
              <slot name="loading"><div class="skeleton"></div></slot>
            </div>`
          : nothing
      }
      ${notice(state, () => this.reload())}
      <div class="visually-hidden" role="status">${isLoading ? "Loading…" : ""}</div>
    </div>`;
  }

  get #frame(): HTMLIFrameElement | null {
    return this.container.querySelector("iframe");
  }

  #show(state: ViewState): void {
    this.#window = state.phase === "shown" ? this.#frame?.contentWindow : undefined;
    const { states } = this.#internals;
    states.clear();
    states.add(state.phase);
    this.#internals.ariaBusy = String(state.phase === "loading");
    this.requestUpdate();
  }

  #tell(state: ViewState): void {
    if (state === this.#told) return;
    this.#told = state;
    const type = events[state.phase];
    const detail = state.phase === "shown" ? { unit: state.unit } : { error: this.error };
    if (type) this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  }

  #resized(height: number): void {
    if (this.unit && height > 0) this.#height = height;
  }
}
