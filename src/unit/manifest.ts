import { validateStrict } from "compare-versions";
import { closest } from "fastest-levenshtein";
import * as v from "valibot";
import { LeaseholdError } from "../errors.js";
import { isModulePath } from "./module-path.js";

/**
 * Where a unit runs. `frame`: an opaque-origin sandboxed iframe that may show a view. `worker`: a worker inside such a
 * frame, which every engine can end. `realm`: a same-origin hidden frame, for trusted code only; no security boundary.
 */
export type Isolation = "frame" | "worker" | "realm";

/** What a unit asks for, and (as `Grant`) what it gets. Nothing is allowed that is not listed. */
export interface Permissions {
  /** Origins that may be reached, e.g. "https://api.example.com". */
  network?: string[];
  /** Names of host services. */
  capabilities?: string[];
  /** Permissions Policy features of a frame, e.g. "clipboard-write". */
  features?: string[];
}

/** What a host consented to: never more than the manifest's wish. */
export type Grant = Permissions;

/** What a unit says about itself. Unknown keys are refused, so that a misspelt permission is not silently nothing. */
export interface UnitManifest {
  name: string;
  /** Semantic version, e.g. "1.2.3". */
  version: string;
  /** Path of the module whose exports the host calls. Default "index.js". */
  entry?: string;
  /** Default "frame" with a view, else "worker". */
  isolation?: Isolation;
  view?: boolean;
  /** Required units: name → semver range. */
  requires?: Record<string, string>;
  permissions?: Permissions;
  /** Module path → "sha384-…", checked before anything runs. Where it is given, it lists every module. */
  integrity?: Record<string, string>;
  title?: string;
  description?: string;
  icon?: string;
  publisher?: string;
}

const text = v.pipe(v.string(), v.nonEmpty("must not be empty"));
const path = v.pipe(text, v.check(isModulePath, `must be a path inside the unit, e.g. "lib/parse.js"`));

function isOrigin(value: string): boolean {
  return URL.canParse(value) && new URL(value).origin === value;
}

const permissions = v.strictObject({
  network: v.optional(v.array(v.pipe(v.string(), v.check(isOrigin, `must be an origin, e.g. "https://api.example.com"`)))),
  capabilities: v.optional(v.array(text)),
  features: v.optional(v.array(v.pipe(v.string(), v.regex(/^[a-z][a-z-]*$/, `must be a feature's name, e.g. "fullscreen"`)))),
});

const manifest = v.strictObject({
  // npm's rule for package names: lower case, URL-safe, an optional scope.
  name: v.pipe(v.string(), v.regex(/^(@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]*$/, `must be a package name, e.g. "word-count"`)),
  version: v.pipe(v.string(), v.check(validateStrict, `must be a semantic version, e.g. "1.2.3"`)),
  entry: v.optional(path),
  isolation: v.optional(v.picklist(["frame", "worker", "realm"])),
  view: v.optional(v.boolean()),
  requires: v.optional(v.record(text, text)),
  permissions: v.optional(permissions),
  integrity: v.optional(
    v.record(path, v.pipe(v.string(), v.regex(/^sha(256|384|512)-[A-Za-z0-9+/]+={0,2}$/, `must look like "sha384-…"`))),
  ),
  title: v.optional(v.string()),
  description: v.optional(v.string()),
  icon: v.optional(v.string()),
  publisher: v.optional(v.string()),
});

const knownKeys = [...Object.keys(manifest.entries), ...Object.keys(permissions.entries)];

function describe(issue: v.BaseIssue<unknown>): string {
  const where = v.getDotPath(issue) ?? "the manifest";
  if (issue.type === "strict_object" && issue.expected === "never") {
    const key = String(issue.path?.at(-1)?.key);
    return `${where}: unknown key; did you mean "${closest(key, knownKeys)}"?`;
  }
  if (issue.type === "strict_object" && issue.received === "undefined") return `${where}: is missing`;
  return `${where}: ${issue.message}`;
}

/**
 * Accepts unknown data as a manifest.
 * @param origin where the data came from, for the message
 * @throws LeaseholdError "LoadError" (`manifest-invalid`) that names every fault with its path
 */
export function parseManifest(data: unknown, origin: string): UnitManifest {
  const result = v.safeParse(manifest, data);
  if (result.success) return result.output as UnitManifest;
  const name = typeof data === "object" && data !== null && "name" in data ? String(data.name) : undefined;
  const faults = result.issues.map((issue) => `- ${describe(issue)}`).join("\n");
  throw new LeaseholdError("LoadError", "manifest-invalid", `The manifest of ${name ?? "a unit"} (${origin}) must be mended:\n${faults}`, {
    unit: name,
  });
}

/** The path of the module whose exports the host calls. */
export function entryOf(manifest: UnitManifest): string {
  return manifest.entry ?? "index.js";
}

/** Where a unit runs unless the caller of `load` says otherwise. */
export function isolationOf(manifest: UnitManifest): Isolation {
  return manifest.isolation ?? (manifest.view ? "frame" : "worker");
}
