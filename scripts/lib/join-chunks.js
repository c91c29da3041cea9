import { decode, encode } from "@jridgewell/sourcemap-codec";

/**
 * A minified chunk, which begins with its imports and ends with its exports, as Rolldown writes them.
 * @typedef {Pick<import("rolldown").OutputChunk, "fileName" | "code" | "map" | "imports" | "exports">} Chunk
 */

/**
 * One text of two chunks, of which the second imports from the first: that one becomes a scope, and its text stays the same to the
 * letter. The variables that it exports have to be constant.
 * @param {Chunk} shared
 * @param {Chunk} chunk
 * @param {Record<string, string>} [modules] expressions for other modules that the second one imports
 * @returns {{ code: string, map: object }}
 */
export function joinChunks(shared, chunk, modules = {}) {
  const [inner, outer] = [shared, chunk].map(partsOf);
  const scope = [`=(()=>{`, inner, `;return${objectOf(inner.exported)}})();\n`];
  const head = outer.imported.flatMap(({ names, from }) => {
    const value = from === `./${shared.fileName}` ? scope : [`=${modules[from]};\n`];
    return [`const${objectOf(names)}`, ...value];
  });
  return concatenated([...head, outer, outer.ending]);
}

/** Imports and exports of a chunk as pairs of names, and the text in between with its mappings. */
function partsOf(chunk) {
  const { code, map } = chunk;
  const beginning = code.match(/^(?:import\{[^}]*\}from"[^"]*";)*/)[0];
  const [ending, exported = ""] = code.match(/(?:export\{([^}]*)\};)?\s*(?:\/\/# sourceMappingURL=.*\s*)?$/);
  const text = code.slice(beginning.length, code.length - ending.length);
  const lines = decode(map.mappings);
  const first = lines[0].map(([column, ...place]) => [column - beginning.length, ...place]);
  const imported = [...beginning.matchAll(/\{([^}]*)\}from"([^"]*)"/g)].map(([, names, from]) => ({
    names: pairs(names).map(([name, local = name]) => [name, local]),
    from,
  }));
  const exports = pairs(exported).map(([local, name = local]) => [name, local]);
  if (imported.length !== chunk.imports.length || exports.length !== chunk.exports.length)
    throw new Error(`${chunk.fileName} has imports and exports that are not written as expected.`);
  return {
    imported,
    exported: exports,
    ending: exported && `export{${exported}};`,
    text,
    lines: [first.filter(([column]) => column >= 0), ...lines.slice(1)],
    map,
  };
}

/** Of names like "a as b,c". */
const pairs = (names) => (names ? names.split(",").map((pair) => pair.split(" as ")) : []);

const objectOf = (names) => `{${names.map((pair) => pair.join(":")).join()}}`;

/** One text of several, of which some have mappings. */
function concatenated(parts) {
  const map = { version: 3, sources: [], sourcesContent: [], names: [] };
  const mappings = [[]];
  let code = "";
  for (const part of parts) {
    const { text, lines = [] } = typeof part === "string" ? { text: part } : part;
    const column = code.length - (code.lastIndexOf("\n") + 1);
    const [source, name] = [map.sources.length, map.names.length];
    for (let line = 0; line < text.split("\n").length; line++) {
      if (line > 0) mappings.push([]);
      for (const [at, ...place] of lines[line] ?? []) {
        const moved = place.map((each, index) => each + ([source, 0, 0, name][index] ?? 0));
        mappings.at(-1).push([line > 0 ? at : at + column, ...moved]);
      }
    }
    code += text;
    if (part.map) for (const key of ["sources", "sourcesContent", "names"]) map[key].push(...part.map[key]);
  }
  return { code, map: { ...map, mappings: encode(mappings) } };
}
