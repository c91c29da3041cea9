import { decode } from "@jridgewell/sourcemap-codec";
import { compressed } from "./compressed.js";

/**
 * What each part of a file weighs, compressed. Whatever the source map says is of a part is cut out, one part after another in the order
 * given; a part weighs what the file then becomes lighter by. So they add up, and text that stands in two parts counts for the later one.
 * @param {string} code
 * @param {{ mappings: string, sources: string[] }} map
 * @param {[part: string, isOf: (source: string | undefined, text: string) => boolean][]} parts
 * @returns {Map<string, number>} bytes by part; the last is what nobody has claimed
 */
export function sizeOfParts(code, map, parts) {
  let pieces = piecesOf(code, map);
  let before = compressed(code);
  const sizes = new Map();
  for (const [part, isOf] of parts) {
    pieces = pieces.filter(({ source, text }) => !isOf(source, text));
    const after = compressed(pieces.map(({ text }) => text).join(""));
    sizes.set(part, before - after);
    before = after;
  }
  return sizes.set("the rest", before);
}

/** The text, cut where another mapping begins: a piece goes on over the ends of lines, as what a module has as text does. */
function piecesOf(code, map) {
  const starts = [{ at: 0 }];
  const lines = code.split("\n");
  let lineStart = 0;
  for (const [index, segments] of decode(map.mappings).entries()) {
    for (const [column, source] of segments) starts.push({ at: lineStart + column, source: map.sources[source] });
    lineStart += lines[index].length + 1;
  }
  return starts.map(({ at, source }, index) => ({ source, text: code.slice(at, starts[index + 1]?.at) }));
}
