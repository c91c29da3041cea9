import { distance } from "fastest-levenshtein";

/** Names that are looked through, letters that are compared, and names that are listed. */
const MOST_NAMES = 256;
const LONGEST_NAME = 64;
const MOST_LISTED = 12;

/** What is said of a name that is not there: the near one that is, else which there are; a sentence after a space, or nothing. */
export function suggest(name: string, names: readonly string[]): string {
  const known = names.slice(0, MOST_NAMES);
  const comparable = name.length <= LONGEST_NAME ? known.filter(({ length }) => length <= LONGEST_NAME) : [];
  const near = comparable.map((each) => [distance(each, name), each] as const).sort(([a], [b]) => a - b)[0];
  if (near && near[0] <= Math.max(1, name.length / 3)) return ` Did you mean "${near[1]}"?`;
  return known.length > 0 ? ` There is: ${known.slice(0, MOST_LISTED).join(", ")}.` : "";
}
