const served = "/support/engine.js";

/**
 * Tells tests what they run in, and how much they do: `virtual:engine`, which `test/support/engine.ts` is the only one to import.
 * @param {import("../../../scripts/lib/engines.js").Engine} engine
 * @param {import("../../../scripts/lib/test-files.js").Depth} depth how much of it they do
 */
export const engineModule = ({ engine, isolated }, depth) => ({
  name: "engine-module",
  resolveImport: ({ source }) => (source === "virtual:engine" ? served : undefined),
  serve: ({ path }) =>
    path === served
      ? {
          body: Object.entries({ engine, isolated, depth })
            .map(([name, value]) => `export const ${name} = ${JSON.stringify(value)};`)
            .join("\n"),
          type: "js",
        }
      : undefined,
});
