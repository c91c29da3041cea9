const served = "/support/engine.js";

/**
 * Tells tests what they run in: `virtual:engine`, which `test/support/engine.ts` is the only one to import.
 * @param {import("../../../scripts/lib/engines.js").Engine} engine
 */
export const engineModule = ({ engine, isolated }) => ({
  name: "engine-module",
  resolveImport: ({ source }) => (source === "virtual:engine" ? served : undefined),
  serve: ({ path }) =>
    path === served
      ? { body: `export const engine = ${JSON.stringify(engine)}; export const isolated = ${isolated};`, type: "js" }
      : undefined,
});
