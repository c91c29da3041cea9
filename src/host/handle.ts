import { DISPOSE } from "../dispose.js";
import type { Account } from "../lifetime/index.js";
import type { Mirror, Remote } from "../remoting/index.js";
import { gone } from "./gone.js";
import { handleText, parseHandle, type HandleTarget } from "./handle-text.js";
import { Hold } from "./hold.js";
import type { Handle } from "./reflection-types.js";

/** A loaded unit, as far as handles need it. */
export interface HandleUnit {
  /** No other unit of the host has had it. */
  readonly serial: number;
  /** It goes on answering while the unit waits for its references to clear. */
  readonly mirror: Remote<Mirror>;
}

/**
 * Makes a handle for what a path names; see `Handle`.
 * @throws LeaseholdError "ContractError" (`no-such-member`); nothing is held then
 */
export async function createHandle(account: Account, { serial, mirror }: HandleUnit, path: string): Promise<Handle> {
  const entry = { kind: "handle", label: path, isTracked: true } as const;
  const { hold } = await Hold.during(account, entry, () => mirror.locate(path));
  return new LeasedHandle(hold, { unit: account.unit, serial, path });
}

/**
 * What a handle, or its text, names in the load that it was made for. It is the promise of that, as a call's result is: its members
 * can be called and constructed at once.
 * @param find the unit that has an id at the moment
 * @throws LeaseholdError "DomainUnloadedError" (`unit-unloaded`) where that load is gone, "DataError" (`not-a-handle`)
 */
export function resolveHandle<T>(handle: Handle | string, find: (unit: string) => HandleUnit | undefined): Remote<T> {
  const { unit, serial, path } = parseHandle(String(handle));
  const found = find(unit);
  if (found?.serial !== serial) throw gone(unit, "unit-unloaded", "it was unloaded", path);
  return found.mirror.resolve(path) as unknown as Remote<T>;
}

class LeasedHandle implements Handle {
  readonly unit: string;
  readonly path: string;
  readonly #hold: Hold;
  readonly #text: string;

  constructor(hold: Hold, target: HandleTarget) {
    this.unit = target.unit;
    this.path = target.path;
    this.#hold = hold;
    this.#text = handleText(target);
    hold.giveTo(this);
  }

  toString(): string {
    return this.#text;
  }

  release(): void {
    this.#hold.release();
  }

  [DISPOSE](): void {
    this.release();
  }
}
