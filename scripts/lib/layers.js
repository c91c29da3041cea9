/** Leaves: a file each, which imports nothing of src/ and which all of it may import. */
const basics = [
  "dispose",
  "errors",
  "open-database",
  "unit-module",
  "suggest",
  "thrown-text",
  "time",
  "trusted",
  "when-collected",
];

/**
 * Who may import what: the table of docs/architecture.md, which check-layers.js holds. A layer is a folder of src/, a
 * file directly in it, or components/. `x:types` allows `import type` only.
 * @type {Record<string, { layers: string[], packages?: string[] }>}
 */
export const layers = {
  ...Object.fromEntries(basics.map((name) => [name, { layers: [] }])),
  "open-database": { layers: [], packages: ["idb"] },
  suggest: { layers: [], packages: ["fastest-levenshtein"] },
  lifetime: { layers: [...basics] },
  unit: {
    layers: [...basics],
    packages: ["acorn", "compare-versions", "es-module-lexer", "fastest-levenshtein", "semver", "valibot"],
  },
  contract: { layers: ["remoting", ...basics], packages: ["@standard-schema/spec", "compare-versions", "semver"] },
  capability: { layers: ["remoting", "unit:types", ...basics] },
  policy: { layers: ["unit", ...basics] },
  remoting: {
    layers: ["lifetime:types", "unit:types", "policy", ...basics],
    packages: ["comlink"],
  },
  domain: { layers: ["remoting", "policy", "unit:types", ...basics] },
  guest: { layers: ["remoting", "unit:types", ...basics] },
  supervision: { layers: ["lifetime", "domain", "policy", ...basics] },
  marketplace: {
    layers: ["unit", "policy", ...basics, "host:types", "index:types"],
    packages: ["compare-versions", "fastest-levenshtein", "idb", "valibot"],
  },
  host: {
    layers: [...basics, "unit", "capability", "contract", "policy", "remoting", "domain", "lifetime", "supervision"],
  },
  index: {
    layers: [
      ...basics,
      "unit",
      "capability",
      "contract",
      "policy",
      "remoting",
      "domain",
      "lifetime",
      "supervision",
      "host",
    ],
  },
  services: { layers: [...basics, "capability", "unit:types"], packages: ["idb"] },
  vite: { layers: ["unit", ...basics], packages: ["vite", "node:"] },
  components: { layers: ["index", "marketplace", "services"], packages: ["lit", "@lit/"] },
};

/** The layer of a file, by its path from the repository's root. */
export function layerOf(file) {
  const [top, second = ""] = file.split("/");
  return top === "components" ? "components" : second.replace(/\.[jt]s$/, "");
}
