import type { CatalogEntry } from "./types.js";

/** Entries that have all the words of the query, the best match first; all of them, in their order, for an empty query. */
export function matching(entries: readonly CatalogEntry[], query: string): CatalogEntry[] {
  const words = query.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  return entries
    .map((entry) => ({ entry, score: words.reduce((sum, word) => sum + score(entry, word), 0) }))
    .filter(({ score }) => Number.isFinite(score))
    .sort((a, b) => b.score - a.score)
    .map(({ entry }) => entry);
}

// A word that is found nowhere scores minus infinity, which no other word can make up for.
function score({ name, title, description, publisher }: CatalogEntry, word: string): number {
  const head = `${title} ${name}`.toLocaleLowerCase();
  if (head.split(/[\s\-_./]+/).some((part) => part.startsWith(word))) return 4;
  if (head.includes(word)) return 3;
  if (publisher.toLocaleLowerCase().includes(word)) return 2;
  return description.toLocaleLowerCase().includes(word) ? 1 : -Infinity;
}
