import { fileURLToPath } from "node:url";

const src = fileURLToPath(new URL("../../src/", import.meta.url));
const closed = (name) => `export const ${name} = async () => true;`;

/** What each module is replaced with that checks, closes or tries something. */
const replaced = {
  "guest/content-security-policy.ts": `export const setContentSecurityPolicy = () => {};`,
  "guest/deny-peers.ts": `export const denyPeers = () => {};`,
  "guest/deny-statics.ts": `export const denyStatics = () => {};`,
  "guest/hide-events.ts": `export const hideEvents = () => {};`,
  "guest/tell-violations.ts": `export const tellViolations = () => {};`,
  "guest/walls/navigation-closed.ts": closed("navigationClosed"),
  "guest/walls/network-closed.ts": closed("networkClosed"),
  "guest/walls/parent-closed.ts": `export const parentClosed = () => true;`,
  "guest/walls/storage-closed.ts": closed("storageClosed"),
  "policy/open-features.ts": `export const openFeatures = () => [];`,
  "remoting/intake.ts": `export class Intake { message() {} request() {} answered() {} done() {} sent() {} most() {} }`,
  "remoting/wire/bytes-of.ts": `export const bytesOf = () => 0;`,
  "remoting/wire/guard.ts": ["isCount", "isIndexes", "isPacket", "isPath"]
    .map((name) => `export const ${name} = () => true;`)
    .join("\n"),
};

/** Text of a module's that is replaced where the rest of it is needed. */
const edited = {
  "unit/parse-permissions.ts": [
    "export function parsePermissions(",
    "export const parsePermissions = (data: Permissions): Permissions => data;\nexport function unused(",
  ],
};

/** Vite plugin: the library without what contains a unit. To measure what that costs; it contains nobody. */
export function withoutWalls() {
  return {
    name: "without-walls",
    enforce: "pre",
    load: (id) => (id.startsWith(src) ? replaced[id.slice(src.length)] : undefined),
    transform(code, id) {
      const [from, to] = (id.startsWith(src) && edited[id.slice(src.length)]) || [];
      if (!from) return undefined;
      if (!code.includes(from)) throw new Error(`${id} has no ${from} any more.`);
      return { code: code.replace(from, to), map: null };
    },
  };
}

/** Paths of what is replaced, each of which has to exist. */
export const files = [...Object.keys(replaced), ...Object.keys(edited)].map((path) => src + path);
