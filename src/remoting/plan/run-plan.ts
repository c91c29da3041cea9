import { compileBody, type Budget } from "./compile.js";
import { Later } from "./later.js";

/**
 * Runs a plan on what it is about: calls that return at once are done one after another, those that wait for each other
 * do so by themselves.
 * @param budget what it may do, with all that has the same
 * @returns its result; a promise where something in it is one
 * @throws Violation where it is no plan
 */
export function runPlan(root: unknown, program: unknown, budget: Budget): unknown {
  const run = compileBody(program, [1], budget);
  const result = run([root], undefined);
  return result instanceof Later ? result.promise : result;
}
