import { build } from "vite";

/** @type {Map<string, Promise<string>>} */
const bundles = new Map();

/**
 * A package and all that it imports as one text: as a module, or as a classic script that declares `library`.
 * @param {string} name
 * @param {"es" | "iife"} format
 */
export function bundle(name, format) {
  const key = `${format} ${name}`;
  if (!bundles.has(key)) bundles.set(key, make(name, format));
  return bundles.get(key);
}

/** What Vite is to start from; the package by its name, as an application imports it. */
const entry = "bundle-entry";

async function make(name, format) {
  const { output } = await build({
    configFile: false,
    publicDir: false,
    logLevel: "warn",
    plugins: [
      {
        name: entry,
        enforce: "pre",
        resolveId: (id) => (id === entry ? id : undefined),
        load: (id) => (id === entry ? `export * from ${JSON.stringify(name)};` : undefined),
      },
    ],
    build: {
      write: false,
      target: "esnext",
      rolldownOptions: {
        input: entry,
        preserveEntrySignatures: "strict",
        output: { format, name: "library", codeSplitting: false },
      },
    },
  });
  return output[0].code;
}
