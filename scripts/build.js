import { cp, mkdir, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "vite";
import { bundleCore } from "./bundle-core.js";
import { run } from "./lib/run.js";

const root = fileURLToPath(new URL("..", import.meta.url));

// Every published file is a self-contained ES module, so that a static page needs no bundler.
/** Those that have the frame document inside. */
const cores = { leasehold: "src/index.ts", components: "components/index.ts" };
const modules = {
  remoting: "src/remoting/connect/index.ts",
  marketplace: "src/marketplace/index.ts",
  services: "src/services/index.ts",
  unit: "src/guest/unit-api.ts",
};

async function buildCore(name, entry) {
  const { code, map, html } = await bundleCore(entry);
  await writeFile(`${root}dist/${name}.js`, `${code}\n//# sourceMappingURL=${name}.js.map\n`);
  await writeFile(`${root}dist/${name}.js.map`, JSON.stringify({ ...map, file: `${name}.js` }));
  // What else has it names some things otherwise, and is the same.
  if (name === "leasehold") await writeFile(`${root}dist/frame.html`, html);
}

async function buildModule(name, entry) {
  await build({
    root,
    configFile: false,
    logLevel: "warn",
    build: {
      outDir: "dist",
      emptyOutDir: false,
      target: "es2022",
      minify: true,
      sourcemap: true,
      lib: { entry, formats: ["es"], fileName: () => `${name}.js` },
      // Vite leaves the white space of ES libraries alone, for the sake of annotations that a page has no use for.
      rolldownOptions: { output: { minify: true } },
    },
  });
}

/** The one that Node runs: it needs nothing but Node itself and, where its user has it, Vite. */
async function buildVitePlugin() {
  await build({
    root,
    configFile: false,
    logLevel: "warn",
    ssr: { noExternal: true, external: ["vite"] },
    build: {
      outDir: "dist",
      emptyOutDir: false,
      copyPublicDir: false,
      target: "node20",
      sourcemap: true,
      ssr: "src/vite/index.ts",
      rolldownOptions: { output: { entryFileNames: "vite.js" } },
    },
  });
}

await rm(`${root}dist`, { recursive: true, force: true });
await mkdir(`${root}dist`, { recursive: true });
for (const [name, entry] of Object.entries(cores)) await buildCore(name, entry);
for (const [name, entry] of Object.entries(modules)) await buildModule(name, entry);
await buildVitePlugin();
await run(process.execPath, ["node_modules/typescript/bin/tsc", "-p", "tsconfig.types.json"], { cwd: root });

// The workbench, with the example units that it serves.
await import("./build-units.js");
await build({ root, logLevel: "warn" });
await cp(`${root}examples`, `${root}dist/workbench/examples`, {
  recursive: true,
  filter: (path) => !/\.(ts|html)$|embedding$/.test(path),
});
