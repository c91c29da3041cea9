import type { Permissions } from "../../../src/index.js";

/** One thing that a unit asks for, in words that a person can decide on. */
export interface PermissionItem {
  kind: keyof Permissions;
  value: string;
  words: string;
}

const features = new Map(
  Object.entries({
    camera: "See through your camera",
    "clipboard-read": "Read what is on your clipboard",
    "clipboard-write": "Put text on your clipboard",
    "display-capture": "Record your screen",
    fullscreen: "Fill the whole screen",
    geolocation: "Know where you are",
    microphone: "Listen to your microphone",
  }),
);

const services = new Map(
  Object.entries({
    clipboard: "Put text on your clipboard when you press something in it",
    fetch: "Have this page fetch from those addresses",
    notify: "Show you notices on this page",
    storage: "Keep up to 5 MB in this browser, until you remove it",
  }),
);

const phrase: Record<keyof Permissions, (value: string) => string> = {
  network: (origin) => `Exchange data with ${origin.replace(/^https:\/\//, "")}`,
  capabilities: (name) => services.get(name) ?? `Use this page’s “${name}” service`,
  features: (name) => features.get(name) ?? `Use the browser’s “${name}” feature`,
};

const kinds = ["network", "capabilities", "features"] as const;

/** A wish or grant as a list. */
export function permissionItems(permissions: Permissions): PermissionItem[] {
  return kinds.flatMap((kind) =>
    (permissions[kind] ?? []).map((value) => ({ kind, value, words: phrase[kind](value) })),
  );
}

/** The inverse: a grant from the items of a list that were kept. */
export function permissionsOf(items: PermissionItem[]): Permissions {
  const permissions: Permissions = {};
  for (const { kind, value } of items) (permissions[kind] ??= []).push(value);
  return permissions;
}
