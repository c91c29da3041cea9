import type { Grant, Isolation, Permissions, Unit } from "../../../src/index.js";
import type { CatalogEntry, Installation } from "../../../src/marketplace/index.js";

/** Something that is being done to a unit. */
export type Activity = { kind: "install"; loaded: number; total: number } | { kind: "load" | "unload" | "remove" };

/** One unit as the workbench shows it: what the catalog says of it, and what is installed of it. */
export interface Item {
  name: string;
  version: string;
  title: string;
  description: string;
  icon?: string;
  publisher: string;
  /** Unknown for a unit that is installed but no longer in the catalog. */
  bytes?: number;
  permissions: Permissions;
  isInstalled: boolean;
  /** Known once installed. */
  hasView: boolean;
  isolation: Isolation;
  grant?: Grant;
  /** The running unit. */
  unit?: Unit;
  activity?: Activity;
}

/** Joins the catalog's entries with what is installed; what is installed stays even when the catalog has dropped it. */
export function toItems(
  entries: CatalogEntry[],
  installations: Installation[],
  activities: ReadonlyMap<string, Activity>,
): Item[] {
  const installed = new Map(installations.map((installation) => [installation.name, installation]));
  const listed = entries.map((entry) => toItem(entry, installed.get(entry.name)));
  const names = new Set(entries.map(({ name }) => name));
  const unlisted = installations.filter(({ name }) => !names.has(name)).map((found) => toItem(undefined, found));
  return [...listed, ...unlisted].map((item) => {
    const activity = activities.get(item.name);
    return activity ? { ...item, activity } : item;
  });
}

function toItem(entry: CatalogEntry | undefined, installation: Installation | undefined): Item {
  const manifest = installation?.manifest;
  const name = installation?.name ?? entry?.name ?? "";
  const icon = entry?.icon ?? manifest?.icon;
  const hasView = manifest?.view ?? false;
  const unit = installation?.unit;
  return {
    name,
    version: installation?.version ?? entry?.version ?? "",
    title: manifest?.title ?? entry?.title ?? name,
    description: manifest?.description ?? entry?.description ?? "",
    publisher: manifest?.publisher ?? entry?.publisher ?? "unknown publisher",
    permissions: manifest ? (manifest.permissions ?? {}) : (entry?.permissions ?? {}),
    isInstalled: installation !== undefined,
    hasView,
    isolation: unit?.isolation ?? installation?.isolation ?? manifest?.isolation ?? (hasView ? "frame" : "worker"),
    ...(icon && { icon }),
    ...(entry && { bytes: entry.bytes }),
    ...(installation && { grant: installation.grant }),
    ...(unit && { unit }),
  };
}
