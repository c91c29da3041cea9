import * as v from "valibot";
import { LeaseholdError } from "../errors.js";
import type { Permissions } from "./manifest.js";
import { describe, listed, object, text, unknownAmong } from "./schema-faults.js";

/** The URL parser lets characters into a host that would begin a new directive, or stand for any host, in a policy. */
function isOrigin(value: string): boolean {
  const isPlain = /^(https?|wss?):\/\/([\w.-]+|\[[\da-f:.]+\])(:\d+)?$/.test(value);
  return isPlain && URL.canParse(value) && new URL(value).origin === value;
}

/** Schema of what a manifest asks for, and of what it is granted. */
export const permissions = v.object({
  network: v.optional(
    v.array(v.pipe(v.string(), v.check(isOrigin, `must be an origin, e.g. "https://api.example.com"`))),
  ),
  capabilities: v.optional(v.array(text)),
  features: v.optional(
    v.array(v.pipe(v.string(), v.regex(/^[a-z][a-z-]*$/, `must be a feature's name, e.g. "fullscreen"`))),
  ),
});

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
