import { Encoding, type Exporter } from "../values/encoding.js";
import type { Outgoing } from "../wire/carrier.js";
import { shorten } from "../wire/shorten.js";
import { Ref, type Reply, type Target } from "../wire/protocol.js";

/** What a chunk is answered with, as it comes together. */
export class AnswerBuilder {
  /** By index of the operation; primitives are put here as they are. */
  readonly values: unknown[] = [];
  /** Indexes of the operations whose result is kept. */
  readonly kept: number[] = [];
  readonly #exporter: Exporter;
  readonly #holes: unknown[] = [];
  readonly #failures: unknown[] = [];
  readonly #encodings = new Map<number, Encoding>();
  readonly #transfers = new Set<Transferable>();
  readonly #sent: Encoding[] = [];
  readonly #deferred: Target[] = [];

  constructor(exporter: Exporter) {
    this.#exporter = exporter;
  }

  /**
   * @param what names the value for messages
   * @throws LeaseholdError "DataError" where it cannot be sent
   */
  succeed(index: number, value: unknown, what: string): void {
    const encoding = new Encoding(this.#exporter, what);
    this.values[index] = this.#put(encoding, encoding.list([value]), this.values, index);
    this.#encodings.set(index, encoding);
  }

  /** Answers by a reference to an object, whatever it is. */
  refer(index: number, value: object): void {
    const encoding = new Encoding(this.#exporter, "");
    this.#put(encoding, encoding.reference(value), this.values, index);
  }

  fail(index: number, error: unknown): void {
    const position = this.#failures.push(index, undefined) - 1;
    this.#failures[position] = this.#putError(position, error);
  }

  /** Answers by a promise, whose slot this is. */
  defer(index: number, slot: Target): void {
    this.#deferred.push(slot);
    this.#holes.push(this.values, index, [Ref.promise, slot]);
  }

  build(first: number): Outgoing<Reply> {
    const list = <T>(items: T[]): T[] | null => (items.length ? items : null);
    return {
      packet: shorten<Reply>([1, first, this.values, list(this.#holes), list(this.#failures), list(this.kept)]),
      transfers: this.#transfers.size ? [...this.#transfers] : undefined,
      repair: () => this.#repair(first),
      onSent: () => this.#announce(),
    };
  }

  /** Makes failures of the values that turned out not to be cloneable, and moves nothing. */
  #repair(first: number): Outgoing<Reply> {
    for (const [index, encoding] of this.#encodings) {
      try {
        structuredClone(this.values[index]);
      } catch (error) {
        encoding.undo();
        this.values[index] = undefined;
        this.#dropHoles(encoding, index);
        this.fail(index, error);
      }
    }
    this.#transfers.clear();
    return this.build(first);
  }

  #announce(): void {
    for (const encoding of this.#sent) encoding.announce();
    for (const slot of this.#deferred) this.#exporter.announce(Ref.promise, slot);
  }

  #dropHoles({ holes }: Encoding, index: number): void {
    const own = new Set(holes.filter((_part, at) => at % 3 === 2));
    for (let at = this.#holes.length - 3; at >= 0; at -= 3) {
      const isTop = this.#holes[at] === this.values && this.#holes[at + 1] === index;
      if (isTop || own.has(this.#holes[at + 2])) this.#holes.splice(at, 3);
    }
  }

  #putError(position: number, error: unknown): unknown {
    const put = (thrown: unknown): unknown => {
      const encoding = new Encoding(this.#exporter, "What was thrown");
      return this.#put(encoding, encoding.list([thrown]), this.#failures, position);
    };
    try {
      return put(error);
    } catch {
      return put(new Error(`What was thrown cannot be sent: ${describe(error)}`));
    }
  }

  /** Gives an encoded value its place in one of the answer's lists. */
  #put(encoding: Encoding, list: unknown[], container: unknown[], key: number): unknown {
    for (let at = 0; at < encoding.holes.length; at += 3) {
      const [own, ownKey, reference] = encoding.holes.slice(at, at + 3);
      if (own === list) this.#holes.push(container, key, reference);
      else this.#holes.push(own, ownKey, reference);
    }
    for (const transferable of encoding.transfers) this.#transfers.add(transferable);
    if (encoding.holes.length > 0) this.#sent.push(encoding);
    return list[0];
  }
}

function describe(value: unknown): string {
  try {
    return String(value);
  } catch {
    return typeof value;
  }
}
