import * as v from "valibot";
import { LeaseholdError } from "../errors.js";
import type { Permissions } from "./manifest.js";
import { permissions } from "./permissions-schema.js";
import { describe, listed, object, unknownAmong } from "./schema-faults.js";

/**
 * Accepts unknown data as permissions, by the rules of the manifest's; a copy, which later edits do not reach.
 * @param where what they are, as the first step of each fault's path, e.g. "grant"
 * @throws LeaseholdError "DataError" (`grant-invalid`) that names every fault with its path
 */
export function parsePermissions(data: unknown, where: string): Permissions {
  const result = v.safeParse(v.object({ [where]: v.pipe(object, permissions) }), { [where]: data });
  const unknown = unknownAmong(data, Object.keys(permissions.entries), `${where}.`);
  const faults = [...(result.issues ?? []).map((issue) => describe(issue, where)), ...unknown];
  if (result.success && faults.length === 0) return result.output[where] as Permissions;
  const message = `What a unit is granted must be of the manifest's form of \`permissions\`:${listed(faults)}`;
  throw new LeaseholdError("DataError", "grant-invalid", message);
}
