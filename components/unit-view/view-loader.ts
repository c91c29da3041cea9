import type { Grant, Host, Isolation, Unit, UnitSource } from "../../src/index.js";
import { borrowDefaultHost, type BorrowedHost } from "./default-host.js";
import { firstHeight } from "./first-height.js";

/** What becomes of a view. `closed` means that somebody else unloaded the unit. */
export type ViewState =
  | { phase: "empty" | "loading" | "closed" }
  | { phase: "shown"; unit: Unit }
  | { phase: "error" | "crashed"; error: unknown };

/** What a view is made of: a unit that has still to be loaded, or one that somebody else has loaded. */
export type ViewRequest = LoadRequest | { unit: Unit; container: Element };

interface LoadRequest {
  source: UnitSource;
  isolation: Isolation;
  grant: Grant | undefined;
  /** Default: the one that all elements share. */
  host: Host | undefined;
  container: Element;
}

/** What is in the container, and how it is taken out. */
interface Occupant {
  unit: Unit;
  leave(): unknown;
}

/**
 * Keeps at most one unit's view in a container. What it has loaded it owns, and unloads, by force, before it shows anything
 * else and when it is stopped. What somebody else has loaded it only shows, until the unit is asked to go.
 */
export class ViewLoader {
  readonly #onChange: (state: ViewState) => void;
  #state: ViewState = { phase: "empty" };
  #occupant: Occupant | undefined;
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

  /** Shows what `read` asks for, in place of what is there; what `read` throws is the error that is shown. */
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
    const request = read();
    const { container } = request;
    if (!("source" in request) || request.host) this.#giveBackAfter(cleared);
    // One after the other, so that two views are never in the container, and a unit that is loaded again keeps its id.
    const occupant =
      "source" in request ? await this.#own(request, cleared, signal) : await this.#visit(request, cleared);
    if (signal.aborted) return void (await occupant.leave());
    this.#occupant = occupant;
    this.#watch(occupant, signal);
    await firstHeight(container, signal);
    if (this.#occupant === occupant) this.#set({ phase: "shown", unit: occupant.unit });
  }

  async #own(request: LoadRequest, cleared: Promise<unknown>, signal: AbortSignal): Promise<Occupant> {
    const { source, isolation, grant, container } = request;
    const host = request.host ?? (this.#borrowed ??= borrowDefaultHost()).host;
    await cleared;
    const unit = await host.load(source, { isolation, container, signal, ...(grant && { grant }) });
    return { unit, leave: () => unit.unload({ mode: "force" }) };
  }

  async #visit({ unit, container }: { unit: Unit; container: Element }, cleared: Promise<unknown>): Promise<Occupant> {
    await cleared;
    const { unmount } = await unit.mount(container);
    return { unit, leave: unmount };
  }

  #watch(occupant: Occupant, signal: AbortSignal): void {
    const { unit } = occupant;
    const onStateChange = (): void => {
      if (unit.state === "active" || this.#occupant !== occupant) return;
      this.#occupant = undefined;
      // A view holds its unit; one that is only shown here must not keep it from going.
      if (unit.state === "unloading") void occupant.leave();
      this.#set(unit.state === "failed" ? { phase: "crashed", error: unit.failure } : { phase: "closed" });
    };
    unit.addEventListener("statechange", onStateChange, { signal });
    onStateChange();
  }

  #clear(): Promise<unknown> {
    this.#run.abort();
    // Now, even if something is to be waited for: a frame that leaves the page before its unit is unloaded looks like a crash.
    const leaving = this.#occupant?.leave();
    this.#occupant = undefined;
    return (this.#cleared = Promise.allSettled([this.#cleared, leaving]));
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
