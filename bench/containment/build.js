import { access, mkdir, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { bundleModule } from "../../scripts/bundle-module.js";
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
  const { code } = await bundleModule("src/index.ts", [guestPlugin(async () => document), ...plugins]);
  await mkdir(`${root}dist/bench`, { recursive: true });
  await writeFile(`${root}dist/bench/${name}.js`, code);
}
