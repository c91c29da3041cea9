import { transfer as moveWith } from "comlink";
import { LeaseholdError } from "../errors.js";
import { isPrimitive, requireCloneable } from "./cloneable.js";
import { toThrown } from "./error-record.js";
import { Kind } from "./kind.js";
import { nameOf } from "./name-of.js";
import { findMember } from "./member.js";
import type { Answer, MemberPath, Operation, Target, Thrown, WirePath } from "./protocol.js";
import { transfersOf } from "./transfer.js";

export interface RunOptions {
  /** What the other side may call. */
  exposed: ReadonlyMap<Target, object>;
  withStack: boolean;
  /** Called before each operation that reaches an exposed object. */
  beforeOperation?: (() => void) | undefined;
  /** A result of an earlier operation of ours has come. */
  onSettle(number: number, succeeded: boolean, value: unknown): void;
  /** The result of an operation of theirs came too late for its chunk's answer. */
  onLate(number: number, succeeded: boolean, value: unknown): void;
}

/**
 * Executes a chunk in order, each operation settling by itself.
 *
 * 1. Every operation is started before any is waited for; what returns at once is answered at once.
 * 2. If some return promises, those that settle before the next task still travel in the chunk's one answer.
 * 3. The others are listed as late, and each result follows by itself: a slow call delays no other.
 */
export function runOperations(first: number, operations: Operation[], options: RunOptions): Answer | Promise<Answer> {
  const values: unknown[] = operations.map(() => undefined);
  const failures: [number, Thrown][] = [];
  const running = new Map<number, Promise<void>>();
  let isAnswered = false;

  const settle = (index: number, succeeded: boolean, value: unknown): void => {
    running.delete(index);
    if (isAnswered) options.onLate(first + index, succeeded, value);
    else if (succeeded) values[index] = value;
    else failures.push([index, value as Thrown]);
  };
  const fail = (index: number, error: unknown): void => settle(index, false, toThrown(error, options.withStack));
  const name = (index: number): string =>
    nameOf((operations[index] as Operation)[0], pathOf(operations[index] as Operation, operations));
  const succeed = (index: number, value: unknown): void => {
    try {
      if (!isPrimitive(value)) requireCloneable(value, `The result of ${name(index)}`);
      settle(index, true, value);
    } catch (error) {
      fail(index, error);
    }
  };

  const watch = (index: number, result: PromiseLike<unknown>): Promise<void> =>
    Promise.resolve(result).then(
      (value) => succeed(index, value),
      (error: unknown) => fail(index, error),
    );

  operations.forEach((operation, index) => {
    try {
      const result = execute(operation, operations, options);
      if (isPromise(result)) running.set(index, watch(index, result));
      else succeed(index, result);
    } catch (error) {
      fail(index, error);
    }
  });

  const answer = (): Answer => {
    isAnswered = true;
    const transfers = transfersOf(values);
    const late = [...running.keys()];
    const result: Answer = late.length ? [values, failures, late] : failures.length ? [values, failures] : [values];
    return transfers ? moveWith(result, transfers) : result;
  };
  if (running.size === 0) return answer();
  return settledOrNextTask([...running.values()]).then(answer);
}

function execute(operation: Operation, operations: Operation[], options: RunOptions): unknown {
  if (operation[0] === Kind.settle) return options.onSettle(operation[1], operation[2], operation[3]);
  const [kind, target] = operation;
  const path = pathOf(operation, operations);
  const root = options.exposed.get(target);
  if (!root)
    throw new LeaseholdError("InvalidStateError", "no-such-target", "What was called is not there (yet, or any more).");
  options.beforeOperation?.();
  const { owner, value } = findMember(root, path);
  if (kind === Kind.get) return value;
  if (typeof value !== "function") {
    throw new LeaseholdError(
      "ContractError",
      "not-a-function",
      `"${String(path)}" is not a function; read it without calling it.`,
    );
  }
  return Reflect.apply(value, owner, operation.slice(3));
}

/** Whether a result is one to wait for; a hostile getter named "then" is run here at most, never by the engine later. */
function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof value === "object" && value !== null && typeof (value as { then?: unknown }).then === "function";
}

function settledOrNextTask(promises: Promise<void>[]): Promise<unknown> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve);
    void Promise.all(promises).then(() => {
      clearTimeout(timer);
      resolve(undefined);
    });
  });
}

/** The path of a get or call, looked up where it is shared. */
function pathOf(operation: Operation, operations: Operation[]): MemberPath {
  const path = operation[2] as WirePath;
  return typeof path === "number" ? ((operations[path] as Operation)[2] as MemberPath) : path;
}
