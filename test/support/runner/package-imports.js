import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { bundleModule } from "../../../scripts/bundle-module.js";

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

/** Where packages are as the built files have them: as ES modules, where they come as CommonJS, and acorn without what is left out. */
const bundled = "/support/bundled/";

/** Resolves the package's own names, and those of packages that have to be bundled, for the test server. */
export function packageImports() {
  return {
    name: "package-imports",
    resolveImport({ source }) {
      if (source.startsWith("semver/")) return bundled + source;
      if (source === "virtual:lean-acorn") return `${bundled}acorn/dist/acorn.mjs`;
      return source === "virtual:frame-document" ? frameDocument : built[source];
    },
    async serve({ path }) {
      if (path.startsWith(bundled)) return { body: await bundlePackage(path.slice(bundled.length)), type: "js" };
      if (path !== frameDocument) return undefined;
      const html = await readFile(new URL("../../../dist/frame.html", import.meta.url), "utf8");
      return { body: `export const frameDocument = ${JSON.stringify(html)};`, type: "js" };
    },
  };
}

/** A package's file, with all that it requires. */
async function bundlePackage(file) {
  const entry = fileURLToPath(new URL(`../../../node_modules/${file}`, import.meta.url));
  return (await bundleModule(entry)).code;
}
