import { LeaseholdError } from "../errors.js";
import { thrownText } from "../thrown-text.js";
import { createContext, type OwnedContext, type UnitContext } from "./unit-context.js";

/** What a unit's entry module may export for its life cycle. */
export interface LifeCycle {
  activate?(context: UnitContext): unknown;
  deactivate?(): unknown;
}

/** A unit that has begun to run here: from before its `activate` until behind its `deactivate`. */
export class UnitRun {
  readonly #unit: string;
  readonly #exports: LifeCycle;
  readonly #owned: OwnedContext;
  readonly #before: readonly UnitRun[];
  #isDeactivated = false;

  /** @param before those that run here already */
  constructor(
    unit: string,
    exports: LifeCycle,
    { before, ...options }: Parameters<typeof createContext>[0] & { before: readonly UnitRun[] },
  ) {
    this.#unit = unit;
    this.#exports = exports;
    this.#owned = createContext(options);
    this.#before = [...before];
  }

  /** Where it draws, if it has a view. */
  get root(): HTMLElement | undefined {
    return this.#owned.context.root;
  }

  get isActivatable(): boolean {
    return typeof this.#hook("activate") === "function";
  }

  /** @throws LeaseholdError "LoadError" (`activation-failed`) */
  async activate(): Promise<void> {
    if (!this.isActivatable) return;
    const unit = this.#unit;
    try {
      await this.#hook("activate")?.call(this.#exports, this.#owned.context);
    } catch (cause) {
      const message = `activate() of ${unit} threw: ${thrownText(cause)}`;
      throw new LeaseholdError("LoadError", "activation-failed", message, { unit, cause });
    }
  }

  /** Tells the unit that it is asked to go. */
  abort(): void {
    this.#owned.abort();
  }

  /** Runs `deactivate`, once, and the disposers that there are, last registered first; returns what they threw. */
  async finalize(): Promise<unknown[]> {
    const errors: unknown[] = [];
    const attempt = async (step: () => unknown): Promise<void> => {
      try {
        await step();
      } catch (error) {
        errors.push(error);
      }
    };
    if (!this.#isDeactivated) {
      this.#isDeactivated = true;
      await attempt(() => this.#hook("deactivate")?.call(this.#exports));
    }
    const { disposers } = this.#owned;
    while (disposers.length > 0) await attempt(disposers.pop() as () => void);
    return errors;
  }

  /** What `export *` passes on of a required unit is that one's hook, and was run for it. */
  #hook<K extends keyof LifeCycle>(name: K): LifeCycle[K] {
    const hook = this.#exports[name];
    return this.#before.some((each) => each.#exports[name] === hook) ? undefined : hook;
  }
}
