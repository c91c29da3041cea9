import { closest, distance } from "fastest-levenshtein";
import * as v from "valibot";
import { LeaseholdError } from "../errors.js";
import { isolations, type UnitManifest } from "./manifest.js";
import { isModulePath } from "./module-path.js";
import { isRange, isVersion } from "./version-range.js";

/** Faults that are listed by name; of a file that is something else altogether, a few say enough. */
const MOST_FAULTS = 20;

const isObject = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const object = v.custom<object>(isObject, "must be an object");
/** Valibot leaves such names out of a record without a word. */
const isLost = (name: string): boolean => ["__proto__", "prototype", "constructor"].includes(name);
const named = v.pipe(
  object,
  v.check((value) => !Object.getOwnPropertyNames(value).some(isLost), `must not have a name like "constructor"`),
);
const text = v.pipe(v.string(), v.nonEmpty("must not be empty"));
const path = v.pipe(text, v.check(isModulePath, `must be a path inside the unit, e.g. "lib/parse.js"`));

/** The URL parser lets characters into a host that would begin a new directive, or stand for any host, in a policy. */
function isOrigin(value: string): boolean {
  const isPlain = /^(https?|wss?):\/\/([\w.-]+|\[[\da-f:.]+\])(:\d+)?$/.test(value);
  return isPlain && URL.canParse(value) && new URL(value).origin === value;
}

const permissions = v.object({
  network: v.optional(
    v.array(v.pipe(v.string(), v.check(isOrigin, `must be an origin, e.g. "https://api.example.com"`))),
  ),
  capabilities: v.optional(v.array(text)),
  features: v.optional(
    v.array(v.pipe(v.string(), v.regex(/^[a-z][a-z-]*$/, `must be a feature's name, e.g. "fullscreen"`))),
  ),
});

/** npm's rule for package names: lower case, URL-safe, an optional scope. */
const packageName = v.pipe(
  v.string(),
  v.regex(/^(@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]*$/, `must be a package name, e.g. "word-count"`),
);

const version = v.pipe(v.string(), v.check(isVersion, `must be a semantic version, e.g. "1.2.3"`));
const range = v.pipe(v.string(), v.check(isRange, `must be a range of versions, e.g. "^1.2.0"`));

const manifest = v.object({
  name: packageName,
  version,
  entry: v.optional(path),
  isolation: v.optional(v.picklist(isolations)),
  view: v.optional(v.boolean()),
  requires: v.optional(v.pipe(named, v.record(packageName, range))),
  implements: v.optional(v.pipe(named, v.record(text, version))),
  permissions: v.optional(v.pipe(object, permissions)),
  integrity: v.optional(
    v.pipe(
      named,
      v.record(
        path,
        v.pipe(v.string(), v.regex(/^sha(256|384|512)-[A-Za-z0-9+/]+={0,2}$/, `must look like "sha384-…"`)),
      ),
    ),
  ),
  title: v.optional(v.string()),
  description: v.optional(v.string()),
  icon: v.optional(v.string()),
  publisher: v.optional(v.string()),
});

/**
 * Accepts unknown data as a manifest.
 * @param origin where the data came from, for the message
 * @throws LeaseholdError "LoadError" (`manifest-invalid`) that names every fault with its path
 */
export function parseManifest(data: unknown, origin: string): UnitManifest {
  const result = v.safeParse(v.pipe(object, manifest), data);
  const faults = [...(result.issues ?? []).map(describe), ...unknownKeys(data)];
  if (result.success && faults.length === 0) return result.output as UnitManifest;
  const name = isObject(data) && "name" in data && typeof data.name === "string" ? shorten(data.name, 100) : undefined;
  const list = faults.slice(0, MOST_FAULTS).map((fault) => `\n- ${shorten(fault, 300)}`);
  if (faults.length > MOST_FAULTS) list.push(`\n- … and ${faults.length - MOST_FAULTS} more`);
  const message = `The manifest of ${name ?? "a unit"} (${origin}) must be mended:${list.join("")}`;
  throw new LeaseholdError("LoadError", "manifest-invalid", message, { unit: name });
}

function describe(issue: v.BaseIssue<unknown>): string {
  const where = v.getDotPath(issue) ?? "the manifest";
  return `${where}: ${issue.received === "undefined" ? "is missing" : issue.message}`;
}

/** Valibot's own strict objects name the first unknown key only. */
function unknownKeys(data: unknown): string[] {
  if (!isObject(data)) return [];
  const asked: unknown = (data as Partial<UnitManifest>).permissions;
  return [
    ...unknownAmong(Object.keys(data), Object.keys(manifest.entries), ""),
    ...unknownAmong(isObject(asked) ? Object.keys(asked) : [], Object.keys(permissions.entries), "permissions."),
  ];
}

function unknownAmong(keys: string[], known: string[], where: string): string[] {
  return keys
    .filter((key) => !known.includes(key))
    .map((key) => {
      const near = closest(key.slice(0, 50), known);
      const isNear = distance(near, key.slice(0, 50)) <= Math.max(1, key.length / 3);
      const hint = isNear ? `did you mean "${near}"?` : `there are ${known.join(", ")}.`;
      return `${where}${shorten(key, 50)}: unknown key; ${hint}`;
    });
}

function shorten(line: string, length: number): string {
  return line.length > length ? `${line.slice(0, length)}…` : line;
}
