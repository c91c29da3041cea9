import type { Grant, Host, HostEvents, Isolation, Unit, UnitSource } from "../../src/index.js";
import { borrowDefaultHost, type BorrowedHost } from "./default-host.js";
import { firstHeight } from "./first-height.js";

/** What becomes of a view. `closed` means that somebody else unloaded the unit. */
export type ViewState =
  | { phase: "empty" | "loading" | "closed" }
  | { phase: "shown"; unit: Unit }
  | { phase: "error" | "crashed"; error: unknown };

export interface ViewRequest {
  source: UnitSource;
  isolation: Isolation;
  grant: Grant | undefined;
  /** Default: the one that all elements share. */
  host: Host | undefined;
  container: Element;
}

/**
 * Keeps at most one unit in a container. It owns the unit: what it has loaded it unloads, by force, before it loads
 * anything else and when it is stopped.
 */
export class ViewLoader {
  readonly #onChange: (state: ViewState) => void;
  #state: ViewState = { phase: "empty" };
  #unit: Unit | undefined;
  #borrowed: BorrowedHost | undefined;
  #run = new AbortController();
  /** Resolves when nothing is left of what was loaded before. */
  #cleared: Promise<unknown> = Promise.resolve();

  constructor(onChange: (state: ViewState) => void) {
    this.#onChange = onChange;
  }

  get state(): ViewState {
    return this.#state;
  }

  /** Loads what `read` asks for, in place of what is there; what `read` throws is the load's error. */
  load(read: () => ViewRequest): void {
    const cleared = this.#clear();
    const { signal } = (this.#run = new AbortController());
    this.#set({ phase: "loading" });
    this.#cleared = this.#load(read, cleared, signal).catch((error: unknown) => {
      if (!signal.aborted) this.#set({ phase: "error", error });
    });
  }

  /** Ends a load that is going on, unloads what is loaded, and gives the default host back. */
  stop(): void {
    this.#giveBackAfter(this.#clear());
    this.#set({ phase: "empty" });
  }

  async #load(read: () => ViewRequest, cleared: Promise<unknown>, signal: AbortSignal): Promise<void> {
    const { source, isolation, grant, host: own, container } = read();
    if (own) this.#giveBackAfter(cleared);
    const host = own ?? (this.#borrowed ??= borrowDefaultHost()).host;
    // One after the other, so that two views are never in the container, and a unit that is loaded again keeps its id.
    await cleared;
    const unit = await host.load(source, { isolation, container, signal, ...(grant && { grant }) });
    if (signal.aborted) return void (await unit.unload({ mode: "force" }));
    this.#unit = unit;
    this.#watch(unit, host, signal);
    await firstHeight(container, signal);
    if (this.#unit === unit) this.#set({ phase: "shown", unit });
  }

  #watch(unit: Unit, host: Host, signal: AbortSignal): void {
    const end = (state: ViewState): void => {
      if (this.#unit !== unit) return;
      this.#unit = undefined;
      this.#set(state);
    };
    const onCrash = (event: Event): void => {
      const { detail } = event as CustomEvent<HostEvents["crash"]>;
      if (detail.unit === unit) end({ phase: "crashed", error: detail.error });
    };
    host.addEventListener("crash", onCrash, { signal });
    void unit.unloaded.then(() => end({ phase: "closed" }));
  }

  #clear(): Promise<unknown> {
    this.#run.abort();
    // Now, even if something is to be waited for: a frame that leaves the page before its unit is unloaded looks like a crash.
    const unloading = this.#unit?.unload({ mode: "force" });
    this.#unit = undefined;
    return (this.#cleared = Promise.allSettled([this.#cleared, unloading]));
  }

  #giveBackAfter(cleared: Promise<unknown>): void {
    const borrowed = this.#borrowed;
    this.#borrowed = undefined;
    void cleared.then(() => borrowed?.giveBack());
  }

  #set(state: ViewState): void {
    this.#state = state;
    this.#onChange(state);
  }
}
