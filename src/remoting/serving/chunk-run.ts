import { replaceKeys, setPlace, type LateHole } from "../values/decode.js";
import { KEPT } from "../values/kept.js";
import { isPrimitive } from "../values/primitive.js";
import { giveBack, placesOfRemotes } from "../calls/release.js";
import { handlerOf } from "../calls/handler.js";
import { nameOf } from "../calls/name-of.js";
import type { Outgoing } from "../wire/carrier.js";
import type { ParsedOperation } from "../wire/parse-operations.js";
import { CONTROL, FIRST_SLOT, Kind, type Reply } from "../wire/protocol.js";
import { Violation } from "../wire/violation.js";
import { LeaseholdError } from "../../errors.js";
import { MemberReader } from "./member-reader.js";
import { resolvePath } from "./member.js";
import { isTooMighty } from "../values/crossing.js";
import { AnswerBuilder } from "./answer-builder.js";
import { execute, isPromise } from "./execute.js";
import { Failed, Waiting, type Outcome } from "./outcome.js";
import { PassedOn } from "./passed-on.js";
import type { Budget } from "../plan/compile.js";
import { runPlan } from "../plan/run-plan.js";
import type { Server } from "./server.js";
import { settledOrNextTask } from "./settled-or-next-task.js";
import { stepError } from "./step-error.js";

/** Steps that the plans of one message may take. */
const MOST_STEPS = 1 << 24;

/** Longest string that is sent though nobody awaits it: it is no larger than what would have to be said about it. */
const SMALL = 64;

/**
 * Executes one chunk, each operation settling by itself.
 *
 * 1. Operations start in order, each as soon as the results that it needs are there; what returns at once is answered at once.
 * 2. If some return promises, those that settle before the next task still travel in the chunk's one answer.
 * 3. The others are answered by a promise that settles later: a slow call delays no other.
 * 4. A result that nobody awaits is kept, unless it is small.
 */
export class ChunkRun {
  readonly #server: Server;
  readonly #first: number;
  readonly #stream: unknown[];
  readonly #quiet: ReadonlySet<number>;
  readonly #waits = new Map<number, LateHole[]>();
  /** By index: the result, or its `Outcome`. */
  readonly #outcomes: unknown[] = [];
  readonly #running = new Set<number>();
  /** Kept results that an operation will need: they may be dropped while it waits for others. By number. */
  readonly #pinned = new Map<number, unknown>();
  readonly #passedOn = new PassedOn();
  /** Numbers of results that are kept and were passed on, until nothing in the chunk needs them. */
  readonly #kept: number[] = [];
  readonly #answer: AnswerBuilder;
  /** What the plans among its operations may do, all together. */
  readonly #budget: Budget;
  readonly #reader = new MemberReader();
  /** Where in the stream the operations begin that have not started. */
  #next = 0;
  /** Where in the stream remotes are; looked up once somebody has let go of one while the chunk runs. */
  #places: Map<object, number[]> | undefined;
  #isAnswered = false;

  constructor(server: Server, first: number, stream: unknown[], quiet: ReadonlySet<number>) {
    this.#server = server;
    this.#first = first;
    this.#stream = stream;
    this.#quiet = quiet;
    this.#answer = new AnswerBuilder(server.options.references);
    const most = server.options.planSteps ?? MOST_STEPS;
    this.#budget = { most, left: most };
  }

  /** Has an operation wait for a result that is among its arguments. */
  expect(hole: LateHole): void {
    const holes = this.#waits.get(hole.index);
    if (holes) holes.push(hole);
    else this.#waits.set(hole.index, [hole]);
  }

  /** How often operations that have not started have a remote among their arguments. */
  countComing(remote: object): number {
    const places = (this.#places ??= placesOfRemotes(this.#stream)).get(remote) ?? [];
    while ((places.at(-1) ?? Infinity) < this.#next) places.pop();
    return places.length;
  }

  /** Starts operations that differ in their arguments alone. */
  start(operation: ParsedOperation): void {
    for (let turn = 0; turn < operation.times; turn++) {
      const index = this.#outcomes.push(undefined) - 1;
      this.#answer.values.push(undefined);
      const at = operation.at + turn * operation.argumentCount;
      this.#next = at + operation.argumentCount;
      const needs = operation.target < 0 || this.#waits.size > 0 ? this.#needs(operation, index) : [];
      try {
        const base = this.#baseOf(operation);
        if (needs.length > 0) this.#startAfter(needs, operation, index, at, base);
        else this.#take(operation, index, this.#perform(operation, index, at, base));
      } catch (error) {
        if (error instanceof Violation) throw error;
        this.#fail(operation, index, error);
      }
    }
  }

  /** What is sent back, once everything has settled or the next task has come. */
  answer(): Outgoing<Reply> | Promise<Outgoing<Reply>> {
    if (this.#running.size === 0) {
      this.#over();
      return this.#finish();
    }
    const running = [...this.#running].map((index) => (this.#outcomes[index] as Waiting).promise);
    return settledOrNextTask(running).then(() => this.#finish());
  }

  #finish(): Outgoing<Reply> {
    this.#isAnswered = true;
    const { promises } = this.#server.options.references;
    for (const index of this.#running) {
      const { promise, label } = this.#outcomes[index] as Waiting;
      const late = this.#quiet.has(index) ? this.#keepLate(index, promise, () => promises.waits(slot)) : promise;
      // It is needed until the other side has been told of it.
      const onOver = this.#passedOn.has(index) && !this.#quiet.has(index) ? giveBack : undefined;
      const slot = promises.count(late, label, onOver);
      this.#answer.defer(index, slot);
    }
    return this.#answer.build(this.#first);
  }

  /** Results that an operation needs and that are not there, or failed. */
  #needs(operation: ParsedOperation, index: number): Outcome[] {
    return this.#numbersOf(operation, index)
      .map((number) => {
        if (number >= this.#first + index) throw new Violation("a result that there is not yet");
        return this.#outcome(number);
      })
      .filter(isOutcome);
  }

  #numbersOf({ target }: ParsedOperation, index: number): number[] {
    const numbers = this.#waits.get(index)?.flatMap(({ number }) => number ?? []) ?? [];
    return target < 0 ? [...numbers, -1 - target] : numbers;
  }

  #startAfter(needs: Outcome[], operation: ParsedOperation, index: number, at: number, base: unknown): void {
    for (const number of this.#numbersOf(operation, index)) {
      if (number < this.#first) this.#pinned.set(number, this.#server.result(number));
    }
    const ready = needs.map((need) => {
      if (need instanceof Failed) return Promise.reject(stepError(need.label, need.error));
      return need.promise.catch((error: unknown) => Promise.reject(stepError(need.label, error)));
    });
    const result = Promise.all(ready).then(
      () => this.#performLate(operation, index, at, base),
      (error: unknown) => {
        // Nobody gets to see what it would have been given.
        giveBack(this.#argumentsOf(operation, at));
        throw error;
      },
    );
    this.#take(operation, index, result);
  }

  #performLate(operation: ParsedOperation, index: number, at: number, base: unknown): unknown {
    if (this.#server.isClosed) {
      giveBack(this.#argumentsOf(operation, at));
      throw notThere(operation.target, true);
    }
    try {
      return this.#perform(operation, index, at, base);
    } catch (error) {
      if (error instanceof Violation) this.#server.options.onViolation(error.message);
      throw error;
    }
  }

  /** What an operation is about, which may be let go of while it waits; undefined where that is a result. */
  #baseOf({ target }: ParsedOperation): unknown {
    if (target < 0) return undefined;
    const base = this.#server.options.references.exports.get(target);
    if (base === undefined) throw notThere(target, this.#server.options.references.exports.isLost(target));
    return base;
  }

  #argumentsOf({ argumentCount }: ParsedOperation, at: number): unknown[] {
    return this.#stream.slice(at, at + argumentCount);
  }

  #perform(operation: ParsedOperation, index: number, at: number, found: unknown): unknown {
    const { kind, target, path } = operation;
    const { isWritable, beforeOperation } = this.#server.options;
    const base = target < 0 ? this.#outcome(-1 - target) : found;
    if (handlerOf(base)) this.#passedOn.begin(index, kind, path, this.#argumentsOf(operation, at));
    if (this.#waits.size > 0) {
      for (const { container, key, isKey, number, member } of this.#waits.get(index) ?? []) {
        const result = member ? memberOf(member) : this.#outcome(number as number);
        if (isKey) replaceKeys(container, new Map([[key, result]]));
        else setPlace(container, key, result);
      }
    }
    beforeOperation?.();
    const args = this.#argumentsOf(operation, at);
    return kind === Kind.plan
      ? runPlan(base, args[0], this.#budget)
      : execute(kind as Kind, base, path, args, isWritable, this.#reader);
  }

  #outcome(number: number): unknown {
    const index = number - this.#first;
    if (index >= this.#outcomes.length) throw new Violation("a result that there is not yet");
    if (this.#pinned.has(number)) return this.#pinned.get(number);
    const outcome = index < 0 ? this.#server.result(number) : this.#outcomes[index];
    return outcome instanceof Waiting && outcome.isSettled ? outcome.value : outcome;
  }

  #take(operation: ParsedOperation, index: number, result: unknown): void {
    if (!isPromise(result)) return this.#succeed(operation, index, result);
    const call = this.#passedOn.has(index) ? handlerOf(result) : undefined;
    const label = nameOf(operation.kind as Kind, operation.path);
    const waiting = new Waiting(Promise.resolve(result), label, call && (() => call.giveUp()));
    this.#outcomes[index] = waiting;
    this.#running.add(index);
    if (operation.target !== CONTROL) this.#server.began(waiting);
    waiting.promise.then(
      (value) => this.#settled(index, waiting, () => this.#succeed(operation, index, value)),
      (error: unknown) => this.#settled(index, waiting, () => this.#fail(operation, index, error)),
    );
  }

  #settled(index: number, waiting: Waiting, settle: () => void): void {
    this.#running.delete(index);
    // What comes too late for the answer was promised in it.
    if (!this.#isAnswered) settle();
    this.#server.ended(waiting);
    if (this.#running.size === 0) this.#over();
  }

  /** Nothing of it is running any more. */
  #over(): void {
    this.#passedOn.giveBack();
    for (const number of this.#kept.splice(0)) this.#server.setAside(number);
  }

  #succeed(operation: ParsedOperation, index: number, value: unknown): void {
    this.#outcomes[index] = value;
    if (this.#quiet.size > 0 && this.#quiet.has(index) && !isSmall(value)) return this.#keep(index, value);
    this.#passedOn.add(index, value);
    if (isPrimitive(value)) this.#answer.values[index] = value;
    else if (operation.kind === Kind.construct) this.#answer.refer(index, value as object);
    else {
      try {
        this.#answer.succeed(index, value, `The result of ${nameOf(operation.kind as Kind, operation.path)}`);
      } catch (error) {
        this.#fail(operation, index, error);
      }
    }
  }

  #fail({ kind, path }: ParsedOperation, index: number, error: unknown): void {
    this.#outcomes[index] = new Failed(error, nameOf(kind as Kind, path));
    this.#passedOn.add(index, error);
    this.#answer.fail(index, error);
  }

  #keep(index: number, result: unknown): void {
    this.#answer.kept.push(index);
    this.#keepAt(index, result);
  }

  #keepAt(index: number, result: unknown): void {
    const number = this.#first + index;
    const isPassedOn = this.#passedOn.has(index);
    this.#server.keep(number, result, isPassedOn);
    if (!isPassedOn) return;
    if (this.#running.size > 0 || !this.#isAnswered) this.#kept.push(number);
    else this.#server.setAside(number);
  }

  /** Who called learns of the end of it, and only then where the result is. */
  async #keepLate(index: number, promise: Promise<unknown>, isWanted: () => boolean): Promise<unknown> {
    const result = await promise;
    if (isSmall(result)) return result;
    if (isWanted()) this.#keepAt(index, result);
    else if (this.#passedOn.has(index)) giveBack(result);
    return KEPT;
  }
}

function memberOf({ of, path }: NonNullable<LateHole["member"]>): unknown {
  const value = resolvePath(of, path);
  if (!isTooMighty(value)) return value;
  const message = `"${String(path)}" makes code of text, or reaches into any object, and is given to nobody.`;
  throw new LeaseholdError("ContractError", "no-such-member", message);
}

function isSmall(value: unknown): boolean {
  return isPrimitive(value) && (typeof value !== "string" || value.length <= SMALL);
}

function isOutcome(value: unknown): value is Outcome {
  return value instanceof Waiting || value instanceof Failed;
}

function notThere(target: number, isLost: boolean): Error {
  if (target >= FIRST_SLOT && !isLost) return new Violation("an operation on what it does not hold");
  const message = "What was called is not there (yet, or any more).";
  return new LeaseholdError("InvalidStateError", "no-such-target", message);
}
