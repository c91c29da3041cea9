import { describe } from "../values/describe.js";
import { Encoding, type Exporter } from "../values/encoding.js";
import type { Outgoing } from "../wire/carrier.js";
import { shorten } from "../wire/shorten.js";
import { Ref, type Reply, type Target } from "../wire/protocol.js";

/** One encoded value, and its place in the answer. */
interface Part {
  readonly encoding: Encoding;
  readonly container: unknown[];
  readonly key: number;
  readonly value: unknown;
}

/** What a chunk is answered with, as it comes together. */
export class AnswerBuilder {
  /** By index of the operation; primitives are put here as they are. */
  readonly values: unknown[] = [];
  /** Indexes of the operations whose result is kept. */
  readonly kept: number[] = [];
  readonly #exporter: Exporter;
  readonly #failures: unknown[] = [];
  /** Index and slot of those that are answered by a promise. */
  readonly #deferred: [index: number, slot: Target][] = [];
  #parts: Part[] = [];

  constructor(exporter: Exporter) {
    this.#exporter = exporter;
  }

  /**
   * @param what names the value for messages
   * @throws LeaseholdError "DataError" where it cannot be sent
   */
  succeed(index: number, value: unknown, what: string): void {
    const encoding = new Encoding(this.#exporter, what);
    encoding.place(value, this.values, index);
    this.#parts.push({ encoding, container: this.values, key: index, value });
  }

  /** Answers by a reference to an object, whatever it is. */
  refer(index: number, value: object): void {
    const encoding = new Encoding(this.#exporter, "");
    encoding.placeReference(value, this.values, index);
    this.#parts.push({ encoding, container: this.values, key: index, value });
  }

  fail(index: number, error: unknown): void {
    this.#putFailure(this.#failures.push(index, undefined) - 1, error);
  }

  /** Answers by a promise, whose slot this is. */
  defer(index: number, slot: Target): void {
    this.#deferred.push([index, slot]);
  }

  build(first: number): Outgoing<Reply> {
    const holes: unknown[] = this.#parts.flatMap(({ encoding }) => encoding.holes);
    for (const [index, slot] of this.#deferred) holes.push(this.values, index, [Ref.promise, slot]);
    const transfers = new Set(this.#parts.flatMap(({ encoding }) => [...encoding.transfers]));
    const list = <T>(items: T[]): T[] | null => (items.length ? items : null);
    return {
      packet: shorten<Reply>([1, first, this.values, list(holes), list(this.#failures), list(this.kept)]),
      transfers: transfers.size ? [...transfers] : undefined,
      repair: (error) => this.#repair(first, error),
      lighten: () => this.#lighten(first),
      onSent: () => this.#announce(),
    };
  }

  /** Makes failures of what turned out not to be cloneable; what can be cloned but not moved does not show otherwise. */
  #repair(first: number, error: unknown): Outgoing<Reply> {
    const faults = new Map<Part, unknown>();
    for (const part of this.#parts) {
      const fault = part.encoding.faultIn(part.container[part.key]);
      if (fault !== undefined) faults.set(part, fault);
    }
    if (faults.size === 0) {
      const moving = this.#parts.filter(({ encoding }) => encoding.transfers.size > 0);
      for (const part of moving.length > 0 ? moving : this.#parts) faults.set(part, error);
    }
    this.#parts = this.#parts.filter((part) => !faults.has(part));
    for (const [{ encoding, container, key }, fault] of faults) {
      encoding.undo();
      container[key] = undefined;
      if (container === this.values) this.fail(key, fault);
      else this.#putFailure(key, unsendable(fault));
    }
    return this.build(first);
  }

  /** Has data come later, each by itself. What has references in it goes on to travel in the answer. */
  #lighten(first: number): Outgoing<Reply> | undefined {
    const isData = (part: Part): boolean => part.container === this.values && part.encoding.holes.length === 0;
    const later = this.#parts.filter(isData);
    const copied = new Set(this.#parts.map(({ key }) => key));
    this.#parts = this.#parts.filter((part) => !isData(part));
    const texts = [...this.values.entries()].filter(([key, value]) => typeof value === "string" && !copied.has(key));
    const defer = (key: number, value: unknown): void => {
      this.defer(key, this.#exporter.count(Ref.promise, Promise.resolve(value)));
      this.values[key] = undefined;
    };
    for (const [key, value] of texts) defer(key, value);
    for (const { encoding, key, value } of later) {
      encoding.undo();
      defer(key, value);
    }
    return later.length + texts.length > 0 ? this.build(first) : undefined;
  }

  #announce(): void {
    for (const { encoding } of this.#parts) encoding.announce();
    for (const [, slot] of this.#deferred) this.#exporter.announce(Ref.promise, slot);
  }

  #putFailure(key: number, error: unknown): void {
    const put = (thrown: unknown): void => {
      const encoding = new Encoding(this.#exporter, "What was thrown");
      encoding.place(thrown, this.#failures, key);
      this.#parts.push({ encoding, container: this.#failures, key, value: thrown });
    };
    try {
      put(error);
    } catch {
      put(unsendable(error));
    }
  }
}

function unsendable(error: unknown): Error {
  return new Error(`What was thrown cannot be sent: ${describe(error)}`);
}
