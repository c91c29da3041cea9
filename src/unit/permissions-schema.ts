import * as v from "valibot";
import { text } from "./schema-faults.js";

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
