/**
 * `npm run check:layers`: holds the import table of lib/layers.js over src/ and components/, and forbids cycles. Types may
 * refer to each other in a circle, since nothing of them is left at run time.
 */
import { readdirSync } from "node:fs";
import { findCycle } from "./lib/find-cycle.js";
import { importsOf } from "./lib/imports-of.js";
import { layerOf, layers } from "./lib/layers.js";

process.chdir(new URL("..", import.meta.url).pathname);

const files = ["src", "components"]
  .flatMap((folder) => readdirSync(folder, { recursive: true }).map((name) => `${folder}/${name.replaceAll("\\", "/")}`))
  .filter((file) => file.endsWith(".ts") && !file.endsWith(".d.ts"));

const problems = [];
const graph = new Map();
for (const file of files) {
  const imports = importsOf(file);
  graph.set(
    file,
    imports.filter((entry) => entry.file && !entry.typesOnly).map((entry) => entry.file),
  );
  for (const entry of imports) {
    const rule = broken(file, entry);
    if (rule) problems.push(`${file}: imports "${entry.specifier}"\n    ${rule}`);
  }
}
const cycle = findCycle(graph);
if (cycle) problems.push(`These files import each other in a circle:\n    ${cycle.join("\n    → ")}`);

if (problems.length > 0) {
  console.error(`${problems.join("\n")}\n\nThe table is in scripts/lib/layers.js and docs/architecture.md.`);
  process.exit(1);
}
console.log(`${files.length} files keep to their layers.`);

/** @returns {string | undefined} the rule that the import breaks */
function broken(file, { specifier, file: target, typesOnly }) {
  const layer = layerOf(file);
  const allowed = layers[layer];
  if (!allowed) return `"${layer}" is no layer yet: say in the table what it may import.`;

  if (!target) {
    if (specifier.startsWith("virtual:")) return undefined;
    const packages = allowed.packages ?? [];
    if (packages.some((name) => specifier === name || specifier.startsWith(name.replace(/\/?$/, "/")) || specifier.startsWith(name) && name.endsWith(":"))) return undefined;
    return `${layer} may import ${list(packages, "package")}.`;
  }

  const other = layerOf(target);
  if (other === layer) return undefined;
  if (layer === "components" && !/^src\/(\w+\/)?index\.ts$/.test(target)) return "components live on the public surface: an index.ts.";
  if (allowed.layers.includes(other) || (typesOnly && allowed.layers.includes(`${other}:types`))) return undefined;
  if (allowed.layers.includes(`${other}:types`)) return `${layer} may import types of ${other} only: write \`import type\`.`;
  return `${layer} may import ${list(allowed.layers, "layer")}.`;
}

function list(names, kind) {
  return names.length > 0 ? `only the ${kind}${names.length > 1 ? "s" : ""} ${names.join(", ")}` : `no ${kind}`;
}
