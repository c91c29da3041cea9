import { cp, mkdir, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "vite";
import { bundleCore } from "./bundle-core.js";
import { guestPlugin } from "./guest-plugin.js";
import { leanAcornPlugin } from "./lean-acorn-plugin.js";
import { run } from "./lib/run.js";

const root = fileURLToPath(new URL("..", import.meta.url));

/** Every published file but the library itself: a self-contained ES module, so that a static page needs no bundler. */
const modules = {
  remoting: "src/remoting/connect/index.ts",
  components: "components/index.ts",
  marketplace: "src/marketplace/index.ts",
  services: "src/services/index.ts",
  unit: "src/guest/unit-api.ts",
};

/** The library itself, and the frame document that it has inside. @returns {Promise<string>} the document */
async function buildLibrary() {
  const { code, map, html } = await bundleCore("src/index.ts");
  await writeFile(`${root}dist/frame.html`, html);
  await writeFile(`${root}dist/leasehold.js`, `${code}\n//# sourceMappingURL=leasehold.js.map\n`);
  await writeFile(`${root}dist/leasehold.js.map`, JSON.stringify({ ...map, file: "leasehold.js" }));
  return html;
}

async function buildModule(name, entry) {
  await build({
    root,
    configFile: false,
    logLevel: "warn",
    plugins: [guestPlugin(async () => document), leanAcornPlugin()],
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

await rm(`${root}dist`, { recursive: true, force: true });
await mkdir(`${root}dist`, { recursive: true });
const document = { html: await buildLibrary(), files: [] };
for (const [name, entry] of Object.entries(modules)) await buildModule(name, entry);
await run(process.execPath, ["node_modules/typescript/bin/tsc", "-p", "tsconfig.types.json"], { cwd: root });

// The workbench, with the example units that it serves.
await import("./build-units.js");
await build({ root, logLevel: "warn" });
await cp(`${root}examples`, `${root}dist/workbench/examples`, {
  recursive: true,
  filter: (path) => !/\.(ts|html)$/.test(path),
});
