import * as v from "valibot";
import { validateStrict } from "compare-versions";
import { LeaseholdError } from "../errors.js";
import type { CatalogEntry } from "./types.js";

const text = v.pipe(v.string(), v.nonEmpty("must not be empty"));
const list = v.array(text);

const permissions = v.object({
  network: v.optional(list),
  capabilities: v.optional(list),
  features: v.optional(list),
});

const entry = v.object({
  name: text,
  version: v.pipe(v.string(), v.check(validateStrict, "must be a full semantic version, e.g. 1.2.0")),
  title: text,
  description: v.string(),
  icon: v.optional(v.string()),
  publisher: text,
  bytes: v.pipe(v.number(), v.integer(), v.minValue(0, "must not be negative")),
  permissions: v.optional(permissions, {}),
  manifest: text,
});

const catalog = v.object({ units: v.array(entry) });

/** Accepts parsed JSON as a catalog, or throws a LoadError that names the first part that is wrong by its path. */
export function parseCatalog(value: unknown, address: string): CatalogEntry[] {
  const result = v.safeParse(catalog, value);
  if (result.success) return result.output.units as CatalogEntry[];
  const [issue] = result.issues;
  const path = (issue.path ?? [])
    .map((item) => (typeof item.key === "number" ? `[${item.key}]` : `.${String(item.key)}`))
    .join("")
    .replace(/^\./, "");
  const place = path ? `at "${path}"` : "at its top";
  throw new LeaseholdError(
    "LoadError",
    "catalog-invalid",
    `The catalog ${address} is not valid ${place}: ${issue.message}. Correct that part of the file.`,
  );
}
