import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { parseSync } from "vite";

/**
 * @typedef {object} Import
 * @property {string} specifier as it is written
 * @property {string | undefined} file what it means, from the repository's root; undefined for a package
 * @property {boolean} typesOnly whether nothing of it is left once the types are gone
 */

/**
 * The imports of a TypeScript file, re-exports and `import("…")` of a literal included.
 * @param {string} file from the repository's root
 * @returns {Import[]}
 */
export function importsOf(file) {
  const source = readFileSync(file, "utf8");
  const { module } = parseSync(file, source);
  const found = [
    ...module.staticImports.map(({ moduleRequest, entries }) => [moduleRequest, entries]),
    ...module.staticExports.map(({ entries }) => [
      entries.find((entry) => entry.moduleRequest)?.moduleRequest,
      entries,
    ]),
  ].filter(([request]) => request);
  const literals = module.dynamicImports
    .map(({ moduleRequest }) => /^["']([^"']+)["']$/.exec(source.slice(moduleRequest.start, moduleRequest.end))?.[1])
    .filter(Boolean);
  return [
    ...found.map(([request, entries]) => ({
      specifier: request.value,
      file: resolve(file, request.value),
      typesOnly: entries.length > 0 && entries.every((entry) => entry.isType),
    })),
    ...literals.map((specifier) => ({ specifier, file: resolve(file, specifier), typesOnly: false })),
  ];
}

function resolve(from, specifier) {
  if (!specifier.startsWith(".")) return undefined;
  const target = path.posix.join(path.posix.dirname(from), specifier.replace(/\?.*$/, ""));
  const asTypeScript = target.replace(/\.js$/, ".ts");
  return existsSync(asTypeScript) ? asTypeScript : target;
}
