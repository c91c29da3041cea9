/**
 * Where a unit runs. `frame`: an opaque-origin sandboxed iframe that may show a view. `worker`: a worker inside such a
 * frame, which every engine can end. `realm`: a same-origin hidden frame, for trusted code only; no security boundary.
 */
export type Isolation = (typeof isolations)[number];

/** Every isolation there is. */
export const isolations = ["frame", "worker", "realm"] as const;

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
  /** Units that are linked into the same domain, to be imported by their names: name → semver range. */
  requires?: Record<string, string>;
  /** Contracts that it fulfils: name → the version that it was written against. See docs/contracts.md. */
  implements?: Record<string, string>;
  permissions?: Permissions;
  /** Module path → "sha384-…", checked before anything runs. Where it is given, it lists every module. */
  integrity?: Record<string, string>;
  title?: string;
  description?: string;
  icon?: string;
  publisher?: string;
}

/** The path of the module whose exports the host calls. */
export function entryOf(manifest: UnitManifest): string {
  return manifest.entry ?? "index.js";
}

/** Where a unit runs unless the caller of `load` says otherwise. */
export function isolationOf(manifest: UnitManifest): Isolation {
  return manifest.isolation ?? (manifest.view ? "frame" : "worker");
}
