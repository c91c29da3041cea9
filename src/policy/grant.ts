import type { Grant, Permissions } from "../unit/index.js";

const kinds = ["network", "capabilities", "features"] as const;

/** What is both wished for and consented to: never wider than either. Kinds without an entry are left out. */
export function meet(wish: Permissions | undefined, consent: Grant | undefined): Grant {
  const grant: Grant = {};
  for (const kind of kinds) {
    const allowed = wish?.[kind]?.filter((entry) => consent?.[kind]?.includes(entry));
    if (allowed?.length) grant[kind] = allowed;
  }
  return grant;
}

/** What is wished for and not granted; undefined where nothing is. */
export function lacking(wish: Permissions | undefined, grant: Grant): Permissions | undefined {
  const missing: Permissions = {};
  for (const kind of kinds) {
    const entries = wish?.[kind]?.filter((entry) => !grant[kind]?.includes(entry));
    if (entries?.length) missing[kind] = entries;
  }
  return Object.keys(missing).length ? missing : undefined;
}

/** Both together. */
export function join(one: Grant, other: Grant): Grant {
  const grant: Grant = {};
  for (const kind of kinds) {
    const entries = new Set([...(one[kind] ?? []), ...(other[kind] ?? [])]);
    if (entries.size) grant[kind] = [...entries];
  }
  return grant;
}
