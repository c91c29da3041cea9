import { LeaseholdError } from "../errors.js";
import { thrownText } from "../thrown-text.js";
import type { LinkPlan, RunnableModule } from "../unit/index.js";
import { findCycles } from "./find-cycles.js";
import { decode, placeOfModule } from "./module-place.js";
import type { ModuleUrls } from "./module-urls.js";
import { withAddresses } from "./source-addresses.js";

/** Milliseconds in which an engine surely answers an import of a module that it has. */
const PATIENCE = 100;

/** Modules that are asked again: of thousands that import each other in a chain, an engine has no answer for minutes. */
const MOST_ASKED = 1000;

/** An address that nothing is behind: a module that imports it is parsed, but never run. */
const NOWHERE = "blob:null/nowhere";

/**
 * Says which module is no JavaScript, where that is why an import failed: an engine tells the fault, but neither address
 * nor line.
 * @param key of the module that was to be imported
 * @returns undefined where the error is another one
 */
export async function syntaxError(
  error: unknown,
  key: string,
  plan: LinkPlan,
  urls: ModuleUrls,
): Promise<LeaseholdError | undefined> {
  if (!(error instanceof SyntaxError) || lineIn(error, plan)) return undefined;
  const suspects = new Set([key]);
  for (const suspect of suspects) {
    const fault = await parsingFault((plan.modules[suspect] as RunnableModule).body);
    if (fault) {
      const { unit, path } = placeOfModule(suspect, plan);
      const message = `${path} of ${unit} is not a JavaScript module: ${fault.message}`;
      return new LeaseholdError("LoadError", "syntax-error", message, { unit, cause: error });
    }
    for (const target of urls.importsOf(suspect)) suspects.add(target);
  }
  return undefined;
}

/**
 * Says which module threw while the unit was loaded.
 * @param key of the module that was imported
 */
export async function evaluationError(
  error: unknown,
  key: string,
  plan: LinkPlan,
  urls: ModuleUrls,
): Promise<LeaseholdError> {
  const { thrower = await findThrower(key, urls), line } = lineIn(error, plan) ?? {};
  const { unit, path } = placeOfModule(thrower, plan);
  const where = line === undefined ? path : `${path} (line ${line})`;
  const awaited = error instanceof TypeError ? urls.awaitedBy(thrower) : undefined;
  const hint = awaited === undefined ? "" : circleHint(placeOfModule(awaited, plan).path);
  const message = `${where} of ${unit} threw while it was loaded: ${thrownText(error)}${hint}`;
  return new LeaseholdError("LoadError", "evaluation-failed", message, { unit, cause: error });
}

function circleHint(awaited: string): string {
  return `. It imports ${awaited} in a circle, and ${awaited} has not run yet.`;
}

/** Parses a module without running it. */
async function parsingFault(body: string): Promise<SyntaxError | undefined> {
  const url = URL.createObjectURL(new Blob([body, `\nimport "${NOWHERE}";`], { type: "text/javascript" }));
  try {
    await import(/* @vite-ignore */ url);
  } catch (error) {
    if (error instanceof SyntaxError) return error;
  } finally {
    URL.revokeObjectURL(url);
  }
  return undefined;
}

/** Where in the text of a module an error was made, by its stack: the innermost place that is in one. */
function lineIn(error: unknown, plan: LinkPlan): { thrower: string; line: string } | undefined {
  if (!(error instanceof Error)) return undefined;
  const stack = stackOf(error);
  const places = [{ base: plan.base, prefix: "" }, ...(plan.required ?? [])].flatMap(({ base, prefix }) => {
    const at = stack.indexOf(base);
    return at < 0 ? [] : { at, prefix, rest: stack.slice(at + base.length) };
  });
  const { prefix = "", rest = "" } = places.toSorted((a, b) => a.at - b.at)[0] ?? {};
  const [, path, line] = /^(.*?):(\d+:\d+)/.exec(rest) ?? [];
  const thrower = prefix + decode(path ?? "");
  return line !== undefined && Object.hasOwn(plan.modules, thrower) ? { thrower, line } : undefined;
}

/** The stack of what a unit threw, who may have made anything of it. */
function stackOf(error: Error): string {
  try {
    // The message stands in the stack too, and may itself name an address.
    return withAddresses(String(error.stack)).replace(error.message, "");
  } catch {
    return "";
  }
}

/**
 * What is thrown need not be an error and then has no stack. The modules are asked again, in the order in which they ran:
 * before the one that failed comes none that was not run already.
 */
async function findThrower(entry: string, urls: ModuleUrls): Promise<string> {
  const { order } = findCycles(entry, (each) => urls.importsOf(each));
  if (order.length > MOST_ASKED) return entry;
  for (const path of order) {
    const failed = import(/* @vite-ignore */ urls.urlOf(path)).then(
      () => false,
      () => true,
    );
    // One that awaits something at its top level is still running, and did not fail.
    const later = new Promise((resolve) => setTimeout(resolve, PATIENCE));
    if ((await Promise.race([failed, later])) === true) return path;
  }
  return entry;
}
