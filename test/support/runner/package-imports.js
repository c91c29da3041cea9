import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "vite";
import { leanAcorn } from "../../../scripts/lean-acorn-plugin.js";

/** Tests import the package by the names users do, and get the built files users get. */
const built = {
  leasehold: "/dist/leasehold.js",
  "leasehold/components": "/dist/components.js",
  "leasehold/marketplace": "/dist/marketplace.js",
  "leasehold/remoting": "/dist/remoting.js",
  "leasehold/services": "/dist/services.js",
  "leasehold/unit": "/dist/unit.js",
};

/** Stands for what the build puts in place of `virtual:frame-document`, for unit tests that import from src/. */
const frameDocument = "/support/frame-document.js";

/** The parser as it is in the built files. */
const leanAcornFile = "/support/lean-acorn.js";

/** Where packages are that come as CommonJS, which no browser runs. */
const converted = "/support/converted/";

/** Resolves the package's own names, and those of packages that have to be converted, for the test server. */
export function packageImports() {
  return {
    name: "package-imports",
    resolveImport({ source }) {
      if (source.startsWith("semver/")) return converted + source;
      if (source === "virtual:lean-acorn") return leanAcornFile;
      return source === "virtual:frame-document" ? frameDocument : built[source];
    },
    async serve({ path }) {
      if (path.startsWith(converted)) return { body: await convert(path.slice(converted.length)), type: "js" };
      if (path === leanAcornFile) return { body: await readLeanAcorn(), type: "js" };
      if (path !== frameDocument) return undefined;
      const html = await readFile(new URL("../../../dist/frame.html", import.meta.url), "utf8");
      return { body: `export const frameDocument = ${JSON.stringify(html)};`, type: "js" };
    },
  };
}

async function readLeanAcorn() {
  return leanAcorn(await readFile(new URL("../../../node_modules/acorn/dist/acorn.mjs", import.meta.url), "utf8"));
}

/** A package's file, with all that it requires, as an ES module. */
async function convert(file) {
  const entry = fileURLToPath(new URL(`../../../node_modules/${file}`, import.meta.url));
  const options = { write: false, minify: false, lib: { entry, formats: ["es"] } };
  const [{ output }] = await build({ configFile: false, logLevel: "silent", build: options });
  return output[0].code;
}
