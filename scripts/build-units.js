/**
 * Builds the example units, as their author would, with the plugin of leasehold/vite: each folder in examples/units/ that has a
 * unit.json becomes a folder `built/` of minified, self-contained modules with a manifest, and examples/catalog.json lists them
 * all. A unit is built again only when its sources, the plugin, this script or an installed package changed.
 *
 * In a source unit.json the version "npm:marked" stands for the installed version of the package marked.
 */
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";
import { importSource } from "./lib/import-source.js";

const root = fileURLToPath(new URL("..", import.meta.url));
const unitsFolder = join(root, "examples/units");

/** These are kept apart from the unit's own code, which is then a small module that imports a large one. */
const largePackages = [
  { name: "mathjs", test: /\/node_modules\/mathjs\// },
  { name: "sql", test: /\/node_modules\/sql\.js\// },
  { name: "chart", test: /\/node_modules\/chart\.js\// },
];

const readJson = async (/** @type {string} */ path) => JSON.parse(await readFile(path, "utf8"));

const filesIn = async (/** @type {string} */ folder) =>
  (await readdir(folder, { withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(folder, entry.name))
    .sort();

/** What a unit's built folder depends on. The lock file stands for every package. */
async function stampOf(/** @type {string} */ folder) {
  const own = [
    fileURLToPath(import.meta.url),
    join(root, "package-lock.json"),
    ...(await filesIn(join(root, "src/vite"))),
  ];
  const inputs = [...own, ...(await filesIn(folder))];
  const texts = await Promise.all(inputs.map(async (path) => [path.slice(root.length), await readFile(path, "utf8")]));
  return createHash("sha256").update(JSON.stringify(texts)).digest("base64");
}

/** What the manifest has to say that its file does not. */
async function overrideOf(/** @type {string} */ folder) {
  const { version } = await readJson(join(folder, "unit.json"));
  const packageName = /^npm:(.+)$/.exec(version)?.[1];
  if (!packageName) return {};
  return { version: (await readJson(join(root, "node_modules", packageName, "package.json"))).version };
}

async function buildUnit(/** @type {string} */ name) {
  const folder = join(unitsFolder, name);
  const built = join(folder, "built");
  const stamp = await stampOf(folder);
  if (existsSync(join(built, "stamp")) && (await readFile(join(built, "stamp"), "utf8")) === stamp) return;
  const { unit } = await importSource("src/vite/index.ts");
  await build({
    root: folder,
    configFile: false,
    logLevel: "warn",
    plugins: [unit({ override: await overrideOf(folder) })],
    build: { outDir: "built", rolldownOptions: { output: { codeSplitting: { groups: largePackages } } } },
  });
  // Last, so that an interrupted build does not pass for a whole one.
  await writeFile(join(built, "stamp"), stamp);
  console.log(`built unit ${name}`);
}

/** One entry of the catalog. `bytes` is what an installation fetches besides the manifest. */
async function catalogEntry(/** @type {string} */ name) {
  const built = join(unitsFolder, name, "built");
  const {
    version,
    title,
    description,
    icon,
    publisher,
    permissions = {},
    integrity,
  } = await readJson(join(built, "unit.json"));
  const modules = await Promise.all(Object.keys(integrity).map((path) => readFile(join(built, path))));
  const bytes = modules.reduce((sum, { length }) => sum + length, 0);
  return {
    name,
    version,
    title,
    description,
    icon,
    publisher,
    bytes,
    permissions,
    manifest: `units/${name}/built/unit.json`,
  };
}

const { NODE_ENV } = process.env;
const folders = await readdir(unitsFolder);
const names = folders.filter((name) => existsSync(join(unitsFolder, name, "unit.json"))).sort();
for (const name of names) await buildUnit(name);
const units = await Promise.all(names.map(catalogEntry));
await writeFile(join(root, "examples/catalog.json"), JSON.stringify({ units }, null, 2) + "\n");
// Vite's build leaves "production" behind, which a development server started from this process would take over.
if (NODE_ENV === undefined) delete process.env.NODE_ENV;
