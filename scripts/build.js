import { cp, mkdir, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "vite";
import { bundleModule } from "./bundle-module.js";
import { frameDocument, guestPlugin } from "./guest-plugin.js";
import { run } from "./lib/run.js";

const root = fileURLToPath(new URL("..", import.meta.url));

/** Every published file: a self-contained ES module, so that a static page needs no bundler. */
const modules = {
  leasehold: "src/index.ts",
  remoting: "src/remoting/connect/index.ts",
  components: "components/index.ts",
  marketplace: "src/marketplace/index.ts",
  services: "src/services/index.ts",
  unit: "src/guest/unit-api.ts",
};

async function buildModule(name, entry, plugins) {
  const { code, map } = await bundleModule(entry, plugins);
  await writeFile(`${root}dist/${name}.js`, `${code}\n//# sourceMappingURL=${name}.js.map\n`);
  await writeFile(`${root}dist/${name}.js.map`, JSON.stringify({ ...map, file: `${name}.js` }));
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
const document = await frameDocument();
await writeFile(`${root}dist/frame.html`, document.html);
const plugins = [guestPlugin(async () => document)];
for (const [name, entry] of Object.entries(modules)) await buildModule(name, entry, plugins);
await buildVitePlugin();
await run(process.execPath, ["node_modules/typescript/bin/tsc", "-p", "tsconfig.types.json"], { cwd: root });

// The workbench, with the example units that it serves.
await import("./build-units.js");
await build({ root, logLevel: "warn" });
await cp(`${root}examples`, `${root}dist/workbench/examples`, {
  recursive: true,
  filter: (path) => !/\.(ts|html)$|embedding$/.test(path),
});
