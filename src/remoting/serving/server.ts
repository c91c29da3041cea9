import type { References } from "../tables/references.js";
import { Notice, type Reply, type Request } from "../wire/protocol.js";
import type { Outgoing } from "../wire/carrier.js";
import { isIndexes } from "../wire/guard.js";
import { parseOperations, type ParsedOperation } from "../wire/parse-operations.js";
import { giveBack, setAside } from "../calls/release.js";
import { fillHoles } from "../values/decode.js";
import { Violation } from "../wire/violation.js";
import { ChunkRun } from "./chunk-run.js";
import type { Waiting } from "./outcome.js";

export interface ServerOptions {
  references: References;
  isWritable: boolean;
  /** Steps that the plans of one message may take; see `SessionOptions`. */
  planSteps?: number | undefined;
  /** Called before each operation that reaches an exposed object. */
  beforeOperation?: (() => void) | undefined;
  onViolation(fault: string): void;
  /** Called before a message of so many operations and notices is run; what it throws closes the session. */
  admit?(operations: number, notices: number): void;
  /** An operation of the other side is running, and none was. */
  onBusy?(): void;
  /** No operation of the other side is running any more. */
  onSettled?(): void;
}

/** Runs the other side's chunks, one after another, and keeps the results that nobody over there awaits yet. */
export class Server {
  readonly options: ServerOptions;
  /** Operations of the other side that have not settled, those of control apart. */
  readonly running = new Set<Waiting>();
  /** Numbers of results that are kept, where exports are: they, too, may lead back to what asked for them. */
  readonly #kept = new Set<number>();
  /** Those of them that the page only passed on, and gives back; and whether they hold nothing. */
  readonly #passedOn = new Map<number, boolean>();
  /** Number of the other side's next operation. */
  #next = 0;
  #isClosed = false;

  constructor(options: ServerOptions) {
    this.options = options;
  }

  /** Whether the session is over. */
  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** How many results are kept. */
  get kept(): number {
    return this.#kept.size;
  }

  /**
   * Runs a request.
   * @returns what answers it, or nothing for notices alone
   * @throws Violation
   */
  run({
    1: first,
    2: stream,
    3: holes,
    4: quiet,
  }: Request): Outgoing<Reply> | undefined | Promise<Outgoing<Reply> | undefined> {
    if (first !== this.#next) throw new Violation("a chunk out of order");
    const operations = parseOperations(stream);
    const count = operations.reduce((sum, { times }) => sum + times, 0);
    if (!isIndexes(quiet, count)) throw new Violation("a list of the wrong shape");
    this.options.admit?.(
      count,
      operations.reduce((sum, { times }) => (times === 0 ? sum + 1 : sum), 0),
    );
    const waits = holes ? fillHoles(holes, this.options.references) : [];
    this.#next += count;
    const run = new ChunkRun(this, first, stream, new Set(quiet));
    for (const wait of waits) {
      if (wait.index >= count) throw new Violation("an argument of no operation");
      run.expect(wait);
    }
    this.options.references.imports.countComing = (remote) => run.countComing(remote);
    for (const operation of operations) {
      if (operation.times > 0) run.start(operation);
      else this.#notice(operation, stream);
    }
    this.options.references.imports.countComing = undefined;
    return count > 0 ? run.answer() : undefined;
  }

  get #results(): Map<number, unknown> {
    return this.options.references.exports.vault.results;
  }

  /** A result that was kept. */
  result(number: number): unknown {
    if (!this.#kept.has(number)) throw new Violation("a result that was not kept");
    const results = this.#results;
    return results.has(number) ? results.get(number) : this.options.references.lost(number);
  }

  /** Keeps a result until it is not wanted any more: from the start, where the session is over. */
  keep(number: number, result: unknown, isPassedOn: boolean): void {
    if (this.#isClosed) return isPassedOn ? giveBack(result) : undefined;
    this.#kept.add(number);
    this.#results.set(number, result);
    if (isPassedOn) this.#passedOn.set(number, false);
  }

  /** Nothing that is running needs a result that was passed on and kept: it holds no unit until it is asked for. */
  setAside(number: number): void {
    if (this.#passedOn.get(number) !== false) return;
    this.#passedOn.set(number, true);
    setAside(this.#results.get(number));
  }

  /** An operation has not returned at once. */
  began(operation: Waiting): void {
    this.running.add(operation);
    if (this.running.size === 1) this.options.onBusy?.();
  }

  ended(operation: Waiting): void {
    if (this.running.delete(operation) && this.running.size === 0) this.options.onSettled?.();
  }

  close(): void {
    this.#isClosed = true;
    // What it had passed on nobody waits for any more.
    for (const operation of this.running) operation.giveUp?.();
    this.running.clear();
    for (const [number, isAside] of this.#passedOn) giveBack(this.#results.get(number), isAside);
    this.#passedOn.clear();
    this.#kept.clear();
    this.#results.clear();
  }

  #drop(number: number): void {
    if (!this.#kept.delete(number)) throw new Violation("a result that was not kept");
    const result = this.#results.get(number);
    this.#results.delete(number);
    const isAside = this.#passedOn.get(number);
    if (this.#passedOn.delete(number)) giveBack(result, isAside);
  }

  #notice({ kind, target, at }: ParsedOperation, stream: unknown[]): void {
    const { references } = this.options;
    const first = stream[at];
    const second = stream[at + 1];
    switch (kind) {
      case Notice.settle:
        return references.promises.settle(target, first === true, second);
      case Notice.ignore:
        return references.promises.ignored(target);
      case Notice.release:
        return references.exports.subtract(target, Number.isSafeInteger(first) ? (first as number) : 0);
      case Notice.drop:
        return this.#drop(target);
      default:
        return references.signals.end(kind as Notice, target, first);
    }
  }
}
