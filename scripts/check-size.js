/**
 * `npm run check:size`: the library that a page loads stays small. Counted as a browser gets it: minified, brotli. Prints what the
 * library's parts weigh, too; with `-- --write` into docs/size.md.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { format, resolveConfig } from "prettier";
import { bundleModule } from "./bundle-module.js";
import { compressed } from "./lib/compressed.js";
import { sizeOfParts } from "./lib/size-of-parts.js";
import { tableOf } from "./lib/table-of.js";

/** Bytes, by file of dist/; just above what has been reached. */
const budgets = {
  "leasehold.js": 103_800,
  "remoting.js": 26_000,
  "components.js": 111_000,
  "marketplace.js": 23_600,
  "services.js": 6_500,
  "unit.js": 300,
};

const inFolders = (...names) => {
  const pattern = new RegExp(`(^|/)(?:${names.join("|")})(?:/|\\.ts$)`);
  return (source = "") => pattern.test(source);
};
const parts = [
  ["the guest, and the document that it is in", (_source, text) => text.includes("<!doctype html>")],
  ["the parser of generated code: acorn", inFolders("node_modules/acorn")],
  ["the builders that write that code", inFolders("src/unit/builder")],
  ["ranges of versions: semver", inFolders("node_modules/semver", "src/unit/requirements", "src/unit/version-range")],
  [
    "linking: es-module-lexer, and what links by it",
    inFolders(
      "node_modules/es-module-lexer",
      "src/unit/(?:link-plan|linking|module-syntax|import-clause|import-scope|export-table|exported-variables|read-modules?|resolve-import|rewrite-module)",
    ),
  ],
  [
    "manifests and sources, with valibot",
    inFolders("src/unit", "src/suggest", "node_modules/valibot", "node_modules/fastest-levenshtein"),
  ],
  ["contracts", inFolders("src/contract", "node_modules/compare-versions")],
  ["lifetimes", inFolders("src/lifetime")],
  ["host, domains, policy, capabilities", inFolders("src/host", "src/domain", "src/policy", "src/capability")],
  ["remoting, with Comlink", inFolders("src/remoting", "node_modules/comlink")],
];

const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const missing = Object.keys(budgets).find((name) => !existsSync(at(`dist/${name}`)));
if (missing) {
  console.error(`dist/${missing} does not exist. Run \`npm run build\` first.`);
  process.exit(1);
}

const sizes = Object.entries(budgets).map(([name, budget]) => {
  const size = compressed(readFileSync(at(`dist/${name}`)));
  return { name, budget, size };
});
const library = readFileSync(at("dist/leasehold.js"), "utf8");
const ofParts = [...sizeOfParts(library, JSON.parse(readFileSync(at("dist/leasehold.js.map"), "utf8")), parts)];

for (const { name, budget, size } of sizes) console.log(`dist/${name}: ${size} of ${budget} bytes, brotli`);
console.log("\nOf dist/leasehold.js, by what it becomes smaller when one part after another is cut out:");
for (const [part, size] of ofParts) console.log(`${String(size).padStart(7)}  ${part}`);

const tooLarge = sizes.filter(({ size, budget }) => size > budget);
for (const { name, size, budget } of tooLarge)
  console.error(
    `\ndist/${name} is ${size - budget} bytes too large. Compare the parts above with docs/size.md to see which has grown, and look at ` +
      "what the last commits brought into it: replace a package, or do with less code. Raise the budget in scripts/check-size.js " +
      "only together with what the bytes bought, in the same commit, and bring the tables up to date by `npm run check:size -- --write`.",
  );

if (process.argv.includes("--write")) {
  const smallest = await bundleModule("test/support/smallest-core.ts");
  const tables = {
    files: tableOf(
      ["File", "Bytes, brotli"],
      sizes.map(({ name, size }) => [`dist/${name}`, number(size)]),
    ),
    parts: tableOf(
      ["Part", "Bytes, brotli"],
      ofParts.map(([part, size]) => [part, number(size)]),
    ),
    smallest: tableOf(
      ["Core", "Bytes, brotli"],
      [
        ["the library", number(compressed(library))],
        ["the smallest core that loads, calls and takes back one unit", number(compressed(smallest.code))],
      ],
    ),
  };
  let text = readFileSync(at("docs/size.md"), "utf8");
  for (const [name, table] of Object.entries(tables))
    text = text.replace(new RegExp(`(<!-- ${name} -->\n)[^]*?(?=<!-- end -->)`), (_, start) => `${start}\n${table}\n`);
  writeFileSync(
    at("docs/size.md"),
    await format(text, { ...(await resolveConfig(at("docs/size.md"))), parser: "markdown" }),
  );
}
process.exitCode = tooLarge.length > 0 ? 1 : 0;

function number(bytes) {
  return bytes.toLocaleString("en-GB");
}
