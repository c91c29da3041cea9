import { readFile } from "node:fs/promises";

/** Tests import the package by the names users do, and get the built files users get. */
const built = {
  leasehold: "/dist/leasehold.js",
  "leasehold/components": "/dist/components.js",
  "leasehold/marketplace": "/dist/marketplace.js",
  "leasehold/remoting": "/dist/remoting.js",
  "leasehold/unit": "/dist/unit.js",
};

/** Stands for what the build puts in place of `virtual:frame-document`, for unit tests that import from src/. */
const frameDocument = "/support/frame-document.js";

/** Resolves the package's own names for the test server. */
export function packageImports() {
  return {
    name: "package-imports",
    resolveImport: ({ source }) => (source === "virtual:frame-document" ? frameDocument : built[source]),
    async serve({ path }) {
      if (path !== frameDocument) return undefined;
      const html = await readFile(new URL("../../../dist/frame.html", import.meta.url), "utf8");
      return { body: `export const frameDocument = ${JSON.stringify(html)};`, type: "js" };
    },
  };
}
