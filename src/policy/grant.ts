import type { Grant, Permissions } from "../unit/index.js";

const kinds = ["network", "capabilities", "features"] as const;

/** A text has `includes`, too, and would allow each part of itself. */
function entriesOf(permissions: Permissions | undefined, kind: (typeof kinds)[number]): readonly string[] {
  const entries: unknown = permissions?.[kind];
  return Array.isArray(entries) ? (entries as string[]) : [];
}

/** What is both wished for and consented to: never wider than either. Kinds without an entry are left out. */
export function meet(wish: Permissions | undefined, consent: Grant | undefined): Grant {
  const grant: Grant = {};
  for (const kind of kinds) {
    const consented = entriesOf(consent, kind);
    const allowed = entriesOf(wish, kind).filter((entry) => consented.includes(entry));
    if (allowed.length) grant[kind] = allowed;
  }
  return grant;
}

/** What is wished for and not granted; undefined where nothing is. */
export function lacking(wish: Permissions | undefined, grant: Grant): Permissions | undefined {
  const missing: Permissions = {};
  for (const kind of kinds) {
    const granted = entriesOf(grant, kind);
    const entries = entriesOf(wish, kind).filter((entry) => !granted.includes(entry));
    if (entries.length) missing[kind] = entries;
  }
  return Object.keys(missing).length ? missing : undefined;
}

/** Both together. */
export function join(one: Grant, other: Grant): Grant {
  const grant: Grant = {};
  for (const kind of kinds) {
    const entries = new Set([...entriesOf(one, kind), ...entriesOf(other, kind)]);
    if (entries.size) grant[kind] = [...entries];
  }
  return grant;
}
