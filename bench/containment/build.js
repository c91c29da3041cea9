import { access } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "vite";
import { frameDocument, guestPlugin } from "../../scripts/guest-plugin.js";
import { files, withoutWalls } from "./without-walls.js";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** Builds the library twice in the same way, as it is and without what contains a unit, into dist/bench/. */
export async function buildBoth() {
  await Promise.all(files.map((file) => access(file)));
  await buildLibrary("contained", []);
  await buildLibrary("open", [withoutWalls()]);
}

async function buildLibrary(name, plugins) {
  const document = await frameDocument(plugins);
  await build({
    root,
    configFile: false,
    logLevel: "warn",
    plugins: [guestPlugin(async () => document), ...plugins],
    build: {
      outDir: "dist/bench",
      emptyOutDir: false,
      target: "es2022",
      minify: true,
      lib: { entry: "src/index.ts", formats: ["es"], fileName: () => `${name}.js` },
      rolldownOptions: { output: { minify: true } },
    },
  });
}
