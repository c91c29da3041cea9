/**
 * Builds the example units: each folder in examples/units/ that has a unit.json becomes a folder `built/` of minified,
 * self-contained modules with a manifest, and examples/catalog.json lists them all. A unit is built again only when its
 * sources, this script or an installed package changed.
 *
 * In a source unit.json the version "npm:marked" stands for the installed version of the package marked.
 */
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";

const root = fileURLToPath(new URL("..", import.meta.url));
const unitsFolder = join(root, "examples/units");

/** These are kept apart from the unit's own code, which is then a small module that imports a large one. */
const largePackages = [
  { name: "mathjs", test: /\/node_modules\/mathjs\// },
  { name: "sql", test: /\/node_modules\/sql\.js\// },
  { name: "chart", test: /\/node_modules\/chart\.js\// },
];

/** What a unit is given by the domain that it runs in. */
const provided = ["leasehold/unit"];

/** @typedef {{ path: string, code: string, imports: string[], dynamicImports: string[] }} Module */

const hash = (/** @type {string} */ algorithm, /** @type {string[]} */ ...texts) =>
  texts.reduce((digest, text) => digest.update(text), createHash(algorithm)).digest("base64");

const readJson = async (/** @type {string} */ path) => JSON.parse(await readFile(path, "utf8"));

/** What a unit's built folder depends on. The lock file stands for every package. */
async function stampOf(/** @type {string} */ folder) {
  const entries = await readdir(folder, { withFileTypes: true });
  const sources = entries.filter((entry) => entry.isFile()).map((entry) => join(folder, entry.name));
  const inputs = [fileURLToPath(import.meta.url), join(root, "package-lock.json"), ...sources.sort()];
  const texts = await Promise.all(inputs.map(async (path) => [path.slice(root.length), await readFile(path, "utf8")]));
  return hash("sha256", JSON.stringify(texts));
}

/** @returns {Promise<Module[]>} */
async function bundle(/** @type {string} */ folder) {
  const result = await build({
    root: folder,
    configFile: false,
    publicDir: false,
    logLevel: "warn",
    define: { "process.env.NODE_ENV": '"production"' },
    build: {
      write: false,
      target: "es2022",
      // A library, so that Vite adds no preloading of its own, which needs a document, to dynamic imports.
      lib: { entry: join(folder, "index.ts"), formats: ["es"], fileName: () => "[name].js" },
      rolldownOptions: {
        external: provided,
        output: {
          chunkFileNames: "[name].js",
          codeSplitting: { groups: largePackages },
          minify: true,
          comments: { legal: true, annotation: false, jsdoc: false }, // The packages' licences ask for their notices.
        },
      },
    },
  });
  const chunks = [result].flat().flatMap(({ output }) => output);
  return chunks.map((chunk) => {
    if (chunk.type === "asset") throw new Error(`${folder}: ${chunk.fileName} is not a module; import it with ?url`);
    return { path: chunk.fileName, code: chunk.code, imports: chunk.imports, dynamicImports: chunk.dynamicImports };
  });
}

/** A unit is complete in itself, and its imports run one way: a Blob URL has to exist before another module names it. */
function checkImports(/** @type {string} */ unit, /** @type {Module[]} */ modules) {
  const byPath = new Map(modules.map((module) => [module.path, module]));
  const done = new Set();
  const visit = (/** @type {string} */ path, /** @type {string[]} */ importers) => {
    const module = byPath.get(path);
    if (!module) throw new Error(`${unit}: ${importers.at(-1)} imports ${path}, which is not part of the unit`);
    if (importers.includes(path)) throw new Error(`${unit}: import cycle ${[...importers, path].join(" → ")}`);
    if (done.has(path)) return;
    const imported = [...module.imports, ...module.dynamicImports].filter((next) => !provided.includes(next));
    for (const next of imported) visit(next, [...importers, path]);
    done.add(path);
  };
  for (const { path } of modules) visit(path, []);
}

async function manifestOf(/** @type {string} */ folder, /** @type {Module[]} */ modules) {
  const manifest = await readJson(join(folder, "unit.json"));
  const packageName = manifest.version.match(/^npm:(.+)$/)?.[1];
  if (packageName) manifest.version = (await readJson(join(root, "node_modules", packageName, "package.json"))).version;
  const icon = await readFile(join(folder, "icon.svg"), "utf8");
  const integrity = modules.map(({ path, code }) => [path, `sha384-${hash("sha384", code)}`]);
  return {
    ...manifest,
    icon: `data:image/svg+xml,${encodeURIComponent(icon.replace(/>\s+</g, "><").trim())}`,
    integrity: Object.fromEntries(integrity.sort()),
  };
}

async function buildUnit(/** @type {string} */ name) {
  const folder = join(unitsFolder, name);
  const built = join(folder, "built");
  const stamp = await stampOf(folder);
  if (existsSync(join(built, "stamp")) && (await readFile(join(built, "stamp"), "utf8")) === stamp) return;
  const modules = await bundle(folder);
  checkImports(name, modules);
  const manifest = await manifestOf(folder, modules);
  await rm(built, { recursive: true, force: true });
  await mkdir(built);
  await Promise.all(modules.map(({ path, code }) => writeFile(join(built, path), code)));
  await writeFile(join(built, "unit.json"), JSON.stringify(manifest, null, 2) + "\n");
  // Last, so that an interrupted build does not pass for a whole one.
  await writeFile(join(built, "stamp"), stamp);
  console.log(`built unit ${manifest.name} ${manifest.version}`);
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
