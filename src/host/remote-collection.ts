import { DISPOSE } from "../dispose.js";
import type { Account } from "../lifetime/index.js";
import type { Remote } from "../remoting/index.js";
import { LeasedItems } from "./leased-items.js";
import type { RemoteCollection } from "./reflection-types.js";

/** See `RemoteCollection`. */
export class LeasedCollection<M> implements RemoteCollection<M> {
  readonly #items: LeasedItems;

  /**
   * @param account of the unit that exports the class
   * @param accountOf the account of the unit that a remote is of; undefined for anything else
   */
  constructor(account: Account, exportName: string, accountOf: (value: unknown) => Account | undefined) {
    this.#items = new LeasedItems(account, exportName, accountOf);
    this.#items.hold.giveTo(this);
  }

  get size(): number {
    return this.#items.size;
  }

  add(item: Remote<M>): this {
    this.#items.add(item);
    return this;
  }

  delete(item: Remote<M>): boolean {
    return this.#items.delete(item);
  }

  *[Symbol.iterator](): Generator<Remote<M>, void, undefined> {
    yield* this.#items.values() as Iterable<Remote<M>>;
  }

  release(): void {
    this.#items.hold.release();
  }

  [DISPOSE](): void {
    this.release();
  }
}
