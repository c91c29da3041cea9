/**
 * Who may import what: the table of docs/architecture.md, which check-layers.js holds. A layer is a folder of src/, a
 * file directly in it, or components/. `x:types` allows `import type` only.
 * @type {Record<string, { layers: string[], packages?: string[] }>}
 */
export const layers = {
  errors: { layers: [] },
  lifetime: { layers: ["errors"] },
  unit: { layers: ["errors"], packages: ["compare-versions", "es-module-lexer", "valibot"] },
  policy: { layers: ["unit", "errors"] },
  remoting: { layers: ["lifetime:types", "unit:types", "errors"], packages: ["comlink"] },
  domain: { layers: ["remoting", "policy", "errors"] },
  guest: { layers: ["remoting", "unit:types", "errors"] },
  supervision: { layers: ["lifetime", "domain", "policy", "errors"] },
  marketplace: {
    layers: ["unit", "policy", "errors", "host:types", "index:types"],
    packages: ["compare-versions", "fastest-levenshtein", "idb", "valibot"],
  },
  host: { layers: ["errors", "unit", "policy", "remoting", "domain", "lifetime", "supervision"] },
  index: { layers: ["errors", "unit", "policy", "remoting", "domain", "lifetime", "supervision", "host"] },
  vite: { layers: ["unit", "errors"], packages: ["vite", "node:"] },
  components: { layers: ["index", "marketplace"], packages: ["lit", "@lit/"] },
};

/** The layer of a file, by its path from the repository's root. */
export function layerOf(file) {
  const [top, second = ""] = file.split("/");
  return top === "components" ? "components" : second.replace(/\.ts$/, "");
}
