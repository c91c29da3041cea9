/**
 * `npm run check:layers`: holds the import table of lib/layers.js over src/ and components/, and forbids cycles. Types may
 * refer to each other in a circle, since nothing of them is left at run time.
 */
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { findCycle } from "./lib/find-cycle.js";
import { importsOf } from "./lib/imports-of.js";
import { layerOf, layers } from "./lib/layers.js";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));

const files = ["src", "components"]
  .flatMap((folder) =>
    readdirSync(folder, { recursive: true }).map((name) => `${folder}/${name.replaceAll("\\", "/")}`),
  )
  .filter((file) => file.endsWith(".ts") && !file.endsWith(".d.ts"));

const problems = new Set();
const graph = new Map();
for (const file of files) {
  const imports = importsOf(file);
  graph.set(
    file,
    imports.filter((entry) => entry.file && !entry.typesOnly).map((entry) => entry.file),
  );
  for (const entry of imports) {
    const rule = broken(file, entry);
    if (rule) problems.add(`${file}: imports "${entry.specifier}"\n    ${rule}`);
  }
}
const cycle = findCycle(graph);
if (cycle) problems.add(`These files import each other in a circle:\n    ${cycle.join("\n    → ")}`);

if (problems.size > 0) {
  console.error(`${[...problems].join("\n")}\n\nThe table is in scripts/lib/layers.js and docs/architecture.md.`);
  process.exit(1);
}
console.log(`${files.length} files keep to their layers.`);

/** @returns {string | undefined} the rule that the import breaks */
function broken(file, { specifier, file: target, typesOnly }) {
  const layer = layerOf(file);
  const allowed = layers[layer];
  if (!allowed) return `"${layer}" is no layer yet: say in the table what it may import.`;

  if (!target) {
    const packages = allowed.packages ?? [];
    if (specifier.startsWith("virtual:") || packages.some((name) => isOf(specifier, name))) return undefined;
    return `${layer} may import ${list(packages, "package")}.`;
  }

  const other = layerOf(target);
  if (other === layer) return undefined;
  if (layer === "components" && !/\/index\.[jt]s$/.test(target))
    return "components live on the public surface: an index.ts.";
  if (allowed.layers.includes(other) || (typesOnly && allowed.layers.includes(`${other}:types`))) return undefined;
  if (allowed.layers.includes(`${other}:types`))
    return `${layer} may import types of ${other} only: write \`import type\`.`;
  return `${layer} may import ${list(allowed.layers, "layer")}.`;
}

/** Whether the specifier is the package, or a file of it. `node:` and `@lit/` name all packages that begin so. */
function isOf(specifier, name) {
  return specifier === name || specifier.startsWith(/[:/]$/.test(name) ? name : `${name}/`);
}

function list(names, kind) {
  if (names.length === 0) return `no ${kind}`;
  return `only the ${kind}${names.length > 1 ? "s" : ""} ${names.join(", ").replaceAll(":types", " (types)")}`;
}
