import { decode } from "@jridgewell/sourcemap-codec";
import { compressed } from "./compressed.js";

/**
 * What each part of a file weighs, compressed. Whatever the source map says is of a part is cut out, one part after another in the order
 * given; a part weighs what the file then becomes lighter by. So they add up, and text that stands in two parts counts for the later one.
 * @param {string} code
 * @param {{ mappings: string, sources: string[] }} map
 * @param {[part: string, isOf: (source: string | undefined, line: string) => boolean][]} parts
 * @returns {Map<string, number>} bytes by part; the last is what nobody has claimed
 */
export function sizeOfParts(code, map, parts) {
  let pieces = piecesOf(code, map);
  let before = compressed(code);
  const sizes = new Map();
  for (const [part, isOf] of parts) {
    pieces = pieces.filter(({ source, line }) => !isOf(source, line));
    const after = compressed(pieces.map(({ text }) => text).join(""));
    sizes.set(part, before - after);
    before = after;
  }
  return sizes.set("the rest", before);
}

/** The text, cut where another mapping begins. */
function piecesOf(code, map) {
  const mappings = decode(map.mappings);
  return code.split("\n").flatMap((line, index) => {
    const starts = [[0], ...(mappings[index] ?? [])];
    return starts.map(([column, source], at) => ({
      text: line.slice(column, starts[at + 1]?.[0]),
      source: source === undefined ? undefined : map.sources[source],
      line,
    }));
  });
}
