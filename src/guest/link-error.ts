import { LeaseholdError } from "../errors.js";
import type { LinkPlan } from "../unit/linking.js";

/** An address that nothing is behind: a module that imports it is parsed, but never run. */
const NOWHERE = "blob:null/nowhere";

/**
 * Says which module an import failed in. An engine names a Blob URL at most, and of a module that cannot be parsed not
 * even that.
 * @param urls id → the Blob URL it had
 */
export async function linkError(error: unknown, plan: LinkPlan, urls: ReadonlyMap<string, string>): Promise<LeaseholdError> {
  if (error instanceof LeaseholdError) return error;
  const { unit } = plan;
  let message = describe(error);
  for (const [id, url] of urls) message = message.replaceAll(url, id.replace(/^\/\w+\//, ""));

  const thrower = /unit:\/\/\/[^\s)]*?@[^/\s]+\/([^\s:)]+)(?::(\d+:\d+))?/.exec(stackOf(error));
  if (error instanceof SyntaxError && !thrower) {
    const path = await findUnparsable(plan);
    if (path !== undefined) {
      return new LeaseholdError("LoadError", "syntax-error", `${path} of ${unit} is not a JavaScript module: ${message}`, { unit, cause: error });
    }
    return new LeaseholdError("LoadError", "export-missing", `The modules of ${unit} do not fit together: ${message}`, { unit, cause: error });
  }
  const where = thrower ? `${thrower[1]}${thrower[2] ? ` (line ${thrower[2]})` : ""}` : plan.entry;
  return new LeaseholdError("LoadError", "evaluation-failed", `${where} of ${unit} threw while it was loaded: ${message}`, {
    unit,
    cause: error,
  });
}

/** Parses each of the unit's modules without running any: one import of each leads nowhere. */
async function findUnparsable(plan: LinkPlan): Promise<string | undefined> {
  for (const [id, pieces] of Object.entries(plan.modules)) {
    const text = pieces.map((piece) => (typeof piece === "string" ? piece : NOWHERE)).join("");
    const url = URL.createObjectURL(new Blob([text, `\nimport "${NOWHERE}";`], { type: "text/javascript" }));
    try {
      await import(/* @vite-ignore */ url);
    } catch (error) {
      if (error instanceof SyntaxError) return id.replace(/^\/\w+\//, "");
    } finally {
      URL.revokeObjectURL(url);
    }
  }
  return undefined;
}

function describe(error: unknown): string {
  try {
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  } catch {
    return "something that cannot be shown";
  }
}

function stackOf(error: unknown): string {
  return error instanceof Error ? String(error.stack) : "";
}
