import { LeaseholdError } from "../errors.js";
import type { LinkPlan, RunnableModule } from "../unit/index.js";
import type { ModuleUrls } from "./module-urls.js";

/** Milliseconds in which an engine surely answers an import of a module that it has. */
const PATIENCE = 100;

/** An address that nothing is behind: a module that imports it is parsed, but never run. */
const NOWHERE = "blob:null/nowhere";

/**
 * Says which module is no JavaScript, where that is why an import failed: an engine tells the fault, but neither address
 * nor line.
 * @param path the module that was to be imported
 * @returns undefined where the error is another one
 */
export async function syntaxError(
  error: unknown,
  path: string,
  plan: LinkPlan,
  urls: ModuleUrls,
): Promise<LeaseholdError | undefined> {
  if (!(error instanceof SyntaxError) || placeOf(error, plan.base)) return undefined;
  const suspects = new Set([path]);
  for (const suspect of suspects) {
    const fault = await parsingFault((plan.modules[suspect] as RunnableModule).body);
    if (fault) {
      const message = `${suspect} of ${plan.unit} is not a JavaScript module: ${fault.message}`;
      return new LeaseholdError("LoadError", "syntax-error", message, { unit: plan.unit, cause: error });
    }
    for (const target of urls.importsOf(suspect)) suspects.add(target);
  }
  return undefined;
}

/** Says which module threw while the unit was loaded. */
export async function evaluationError(error: unknown, plan: LinkPlan, urls: ModuleUrls): Promise<LeaseholdError> {
  const { path = await findThrower(plan.entry, urls), line } = placeOf(error, plan.base) ?? {};
  const where = line === undefined ? path : `${path} (line ${line})`;
  const awaited = error instanceof TypeError ? urls.awaitedBy(path) : undefined;
  const hint = awaited === undefined ? "" : `. It imports ${awaited} in a circle, and ${awaited} has not run yet.`;
  const message = `${where} of ${plan.unit} threw while it was loaded: ${describe(error)}${hint}`;
  return new LeaseholdError("LoadError", "evaluation-failed", message, { unit: plan.unit, cause: error });
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

/** Where in the unit's own text an error was made, by its stack. */
function placeOf(error: unknown, base: string): { path: string; line: string } | undefined {
  if (!(error instanceof Error)) return undefined;
  // The message stands in the stack too, and may itself name an address.
  const [, frame] = String(error.stack).replace(error.message, "").split(base);
  const [, path, line] = /^(.*?):(\d+:\d+)/.exec(frame ?? "") ?? [];
  return path !== undefined && line !== undefined ? { path: decodeURI(path), line } : undefined;
}

/**
 * What is thrown need not be an error and then has no stack. The modules are asked again, in the order in which they ran:
 * before the one that failed comes none that was not run already.
 */
async function findThrower(entry: string, urls: ModuleUrls): Promise<string> {
  const visited = new Set<string>();
  const visit = async (path: string): Promise<string | undefined> => {
    if (visited.has(path)) return undefined;
    visited.add(path);
    for (const target of urls.importsOf(path)) {
      const found = await visit(target);
      if (found !== undefined) return found;
    }
    const failed = import(/* @vite-ignore */ urls.urlOf(path)).then(
      () => false,
      () => true,
    );
    // One that awaits something at its top level is still running, and did not fail.
    const later = new Promise((resolve) => setTimeout(resolve, PATIENCE));
    return (await Promise.race([failed, later])) === true ? path : undefined;
  };
  return (await visit(entry)) ?? entry;
}

function describe(error: unknown): string {
  try {
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  } catch {
    return "something that cannot be shown";
  }
}
