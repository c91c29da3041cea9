import { DISPOSE } from "../dispose.js";
import type { Account } from "../lifetime/index.js";
import type { Mirror, Remote } from "../remoting/index.js";
import { Hold } from "./hold.js";
import type { Binding } from "./reflection-types.js";

/**
 * Binds an exported variable; see `Binding`.
 * @param mirror of the unit; it goes on answering while the unit waits for its references to clear
 * @throws LeaseholdError "ContractError" (`no-such-member`); nothing is held then
 */
export async function createBinding<V>(
  account: Account,
  mirror: Remote<Mirror>,
  exportName: string,
): Promise<Binding<V>> {
  const entry = { kind: "binding", label: exportName, isTracked: true } as const;
  // Its value is not read: as a remote it could be one that the page has already, and must not lose.
  const { hold } = await Hold.during(account, entry, () => mirror.check(exportName));
  return new LeasedBinding<V>(hold, mirror, exportName);
}

class LeasedBinding<V> implements Binding<V> {
  readonly #hold: Hold;
  readonly #mirror: Remote<Mirror>;
  readonly #name: string;

  constructor(hold: Hold, mirror: Remote<Mirror>, name: string) {
    this.#hold = hold;
    this.#mirror = mirror;
    this.#name = name;
    hold.giveTo(this);
  }

  async get(): Promise<V> {
    this.#hold.check();
    return (await this.#mirror.read(this.#name)) as V;
  }

  async set(value: V): Promise<void> {
    this.#hold.check();
    await this.#mirror.write(this.#name, value);
  }

  release(): void {
    this.#hold.release();
  }

  [DISPOSE](): void {
    this.release();
  }
}
