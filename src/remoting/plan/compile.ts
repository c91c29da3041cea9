import { describe } from "../values/describe.js";
import { LeaseholdError } from "../../errors.js";
import { nameOf } from "../calls/name-of.js";
import { execute, isPromise } from "../serving/execute.js";
import { MemberReader } from "../serving/member-reader.js";
import { stepError } from "../serving/step-error.js";
import { isCount } from "../wire/guard.js";
import { Kind } from "../wire/protocol.js";
import { Violation } from "../wire/violation.js";
import { Later, whenThere } from "./later.js";
import { NodeKind, StepKind } from "./program.js";

/**
 * How many steps a plan may still take: all its parts count, once as it is read and then each time that they are done, those of a map
 * for each of its items. What it maps may have no end, and a part of it may be in it in two places, and in that part another one.
 */
export interface Budget {
  readonly most: number;
  left: number;
}

/** A body as it is read: the registers that it and those around it have so far, innermost first, and how many parts it has. */
class Reading {
  readonly registers: readonly number[];
  readonly budget: Budget;
  parts = 1;

  constructor(registers: readonly number[], budget: Budget) {
    this.registers = registers;
    this.budget = budget;
    spend(budget, 1);
  }

  /** With so many registers more. */
  after(steps: number): readonly number[] {
    const [own = 0, ...around] = this.registers;
    return [own + steps, ...around];
  }

  count(): void {
    this.parts++;
    spend(this.budget, 1);
  }
}

function spend(budget: Budget, parts: number): void {
  if ((budget.left -= parts) < 0) throw tooLong(budget);
}

/** The registers of a running body, and of those around it. */
interface Frame {
  readonly values: unknown[];
  readonly outer: Frame | undefined;
}

type Evaluate = (frame: Frame) => unknown;

/** Runs a body with arguments; what it returns may be a `Later`. */
export type Run = (args: unknown[], outer: Frame | undefined) => unknown;

/** How deep `map` in `map` may go. */
const DEEPEST = 32;
/** How deep data may be nested. */
const DEEPEST_DATA = 256;

/**
 * Makes code of a plan's body, once, however often it runs.
 * @param registers how many registers the bodies around it and it itself have so far, innermost first
 * @throws Violation; LeaseholdError "LimitExceededError" (`plan-too-long`), as running it does
 */
export function compileBody(data: unknown, registers: readonly number[], budget: Budget): Run {
  if (!Array.isArray(data) || !Array.isArray(data[0]) || registers.length > DEEPEST) throw new Violation("no plan");
  const reading = new Reading(registers, budget);
  const steps: Evaluate[] = [];
  // Not `map`, which passes over the gaps of a sparse array.
  for (let index = 0; index < data[0].length; index++) {
    steps.push(compileStep(data[0][index], reading, reading.after(index)));
  }
  const result = compileNode(data[1], reading, reading.after(steps.length));
  return (args, outer) => {
    const frame: Frame = { values: args, outer };
    spend(budget, reading.parts);
    const late: Later[] = [];
    for (const step of steps) {
      const value = step(frame);
      frame.values.push(value);
      if (value instanceof Later) late.push(value);
    }
    const outcome = result(frame);
    // Also what nothing is made of has to be done, and may fail.
    return late.length > 0 ? whenThere([...late, outcome], (values) => values.at(-1)) : outcome;
  };
}

function compileStep(data: unknown, reading: Reading, registers: readonly number[]): Evaluate {
  if (!Array.isArray(data)) throw new Violation("a step of the wrong shape");
  const [kind, sourceNode, third, fourth] = data as unknown[];
  reading.count();
  const source = compileNode(sourceNode, reading, registers);
  if (kind === StepKind.map) return compileMap(source, compileBody(third, [2, ...registers], reading.budget));
  if (kind === StepKind.get && typeof third === "string") return compileOperation(Kind.get, source, third, []);
  if ((kind !== StepKind.call && kind !== StepKind.construct) || !Array.isArray(fourth)) {
    throw new Violation("a step of the wrong shape");
  }
  if (typeof third !== "string" && third !== null) throw new Violation("a step of the wrong shape");
  const args = compileNodes(fourth, reading, registers);
  return compileOperation(kind === StepKind.call ? Kind.call : Kind.construct, source, third, args);
}

function compileOperation(kind: Kind, source: Evaluate, name: string | null, args: Evaluate[]): Evaluate {
  const path = name ?? [];
  const reader = new MemberReader();
  const operate = (base: unknown, values: unknown[]): unknown => {
    try {
      const result = execute(kind, base, path, values, false, reader);
      return isPromise(result) ? new Later(named(Promise.resolve(result))) : result;
    } catch (error) {
      throw stepError(nameOf(kind, path), error);
    }
  };
  const named = (promise: Promise<unknown>): Promise<unknown> =>
    promise.catch((error: unknown) => {
      throw stepError(nameOf(kind, path), error);
    });
  return (frame) => {
    const base = source(frame);
    const values: unknown[] = [];
    let isThere = !(base instanceof Later);
    for (let index = 0; index < args.length; index++) {
      const value = (args[index] as Evaluate)(frame);
      values.push(value);
      if (value instanceof Later) isThere = false;
    }
    if (isThere) return operate(base, values);
    return whenThere([base, ...values], ([there, ...rest]) => operate(there, rest));
  };
}

function compileMap(source: Evaluate, body: Run): Evaluate {
  return (frame) =>
    whenThere([source(frame)], ([items]) => {
      const results: unknown[] = [];
      let index = 0;
      for (const item of iterableOf(items)) results.push(body([item, index++], frame));
      return whenThere(results, (there) => there);
    });
}

function iterableOf(items: unknown): Iterable<unknown> {
  const isIterable = typeof items === "object" && items !== null && Symbol.iterator in items;
  if (isIterable) return items as Iterable<unknown>;
  const message = `map() was planned for something that is no array, Map, Set or other iterable, but ${describe(items)}.`;
  throw new LeaseholdError("DataError", "not-iterable", message);
}

function tooLong({ most }: Budget): LeaseholdError {
  const message = `The plans of one message take more than ${most} steps. Send them one after another, or do the work in a function over there.`;
  return new LeaseholdError("LimitExceededError", "plan-too-long", message);
}

function compileNodes(data: unknown[], reading: Reading, registers: readonly number[], depth = 0): Evaluate[] {
  const nodes: Evaluate[] = [];
  for (let index = 0; index < data.length; index++) nodes.push(compileNode(data[index], reading, registers, depth));
  return nodes;
}

function compileNode(data: unknown, reading: Reading, registers: readonly number[], depth = 0): Evaluate {
  if (!Array.isArray(data) || depth > DEEPEST_DATA) throw new Violation("a value of the wrong shape");
  reading.count();
  const [kind, first, second] = data as unknown[];
  if (kind === NodeKind.constant) return () => first;
  if (kind === NodeKind.register) return compileRegister(first, second, registers);
  if (!Array.isArray(first)) throw new Violation("a value of the wrong shape");
  const nodes = compileNodes(first, reading, registers, depth + 1);
  const make = (build: (values: unknown[]) => unknown): Evaluate => {
    return (frame) =>
      whenThere(
        nodes.map((node) => node(frame)),
        build,
      );
  };
  switch (kind) {
    case NodeKind.array:
      return make((values) => values);
    case NodeKind.set:
      return make((values) => new Set(values));
    case NodeKind.map:
      return make((values) => new Map(pairs(values)));
    case NodeKind.object:
      if (!Array.isArray(second) || second.length !== nodes.length || !isNames(second)) break;
      return make((values) => Object.fromEntries(values.map((value, index) => [second[index], value])));
  }
  throw new Violation("a value of the wrong shape");
}

function compileRegister(level: unknown, register: unknown, registers: readonly number[]): Evaluate {
  if (!isCount(level) || !isCount(register) || register >= (registers[level] ?? 0)) {
    throw new Violation("a register that there is not yet");
  }
  return (frame) => {
    let at = frame;
    for (let up = level; up > 0; up--) at = at.outer as Frame;
    return at.values[register];
  };
}

function isNames(data: unknown[]): data is string[] {
  for (let index = 0; index < data.length; index++) if (typeof data[index] !== "string") return false;
  return true;
}

function pairs(values: unknown[]): [unknown, unknown][] {
  return Array.from({ length: values.length >> 1 }, (_, index) => [values[2 * index], values[2 * index + 1]]);
}
