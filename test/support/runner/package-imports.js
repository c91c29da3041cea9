/** Tests import the package by the names users do, and get the built files users get. */
const built = {
  leasehold: "/dist/leasehold.js",
  "leasehold/components": "/dist/components.js",
  "leasehold/marketplace": "/dist/marketplace.js",
  "leasehold/remoting": "/dist/remoting.js",
  "leasehold/unit": "/dist/unit.js",
};

/** Resolves the package's own names for the test server. */
export function packageImports() {
  return { name: "package-imports", resolveImport: ({ source }) => built[source] };
}
