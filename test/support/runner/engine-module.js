const served = "/support/engine.js";

/**
 * Tells tests what they run in, and for how long: `virtual:engine`, which `test/support/engine.ts` is the only one to import.
 * @param {import("../../../scripts/lib/engines.js").Engine} engine
 * @param {boolean} isThorough whether they do all that they can, or a quick part of it
 */
export const engineModule = ({ engine, isolated }, isThorough) => ({
  name: "engine-module",
  resolveImport: ({ source }) => (source === "virtual:engine" ? served : undefined),
  serve: ({ path }) =>
    path === served
      ? {
          body: Object.entries({ engine, isolated, isThorough })
            .map(([name, value]) => `export const ${name} = ${JSON.stringify(value)};`)
            .join("\n"),
          type: "js",
        }
      : undefined,
});
