import * as v from "valibot";
import { LeaseholdError } from "../errors.js";
import { isolations, type UnitManifest } from "./manifest.js";
import { isModulePath } from "./module-path.js";
import { permissions } from "./permissions-schema.js";
import { describe, isObject, listed, object, shorten, text, unknownAmong } from "./schema-faults.js";
import { isRange, isVersion } from "./version-range.js";

/** Valibot leaves such names out of a record without a word. */
const isLost = (name: string): boolean => ["__proto__", "prototype", "constructor"].includes(name);
const named = v.pipe(
  object,
  v.check((value) => !Object.getOwnPropertyNames(value).some(isLost), `must not have a name like "constructor"`),
);
const path = v.pipe(text, v.check(isModulePath, `must be a path inside the unit, e.g. "lib/parse.js"`));

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
  const faults = [...(result.issues ?? []).map((issue) => describe(issue, "the manifest")), ...unknownKeys(data)];
  if (result.success && faults.length === 0) return result.output as UnitManifest;
  const name = isObject(data) && "name" in data && typeof data.name === "string" ? shorten(data.name, 100) : undefined;
  const message = `The manifest of ${name ?? "a unit"} (${origin}) must be mended:${listed(faults)}`;
  throw new LeaseholdError("LoadError", "manifest-invalid", message, { unit: name });
}

/** Valibot's own strict objects name the first unknown key only. */
function unknownKeys(data: unknown): string[] {
  if (!isObject(data)) return [];
  const asked: unknown = (data as Partial<UnitManifest>).permissions;
  return [
    ...unknownAmong(data, Object.keys(manifest.entries), ""),
    ...unknownAmong(asked, Object.keys(permissions.entries), "permissions."),
  ];
}
