import { cp, mkdir, symlink } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { pack } from "./pack.js";
import { run } from "./run.js";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** What the pages' builds import besides the package itself. */
const others = ["@sveltejs/vite-plugin-svelte", "@vitejs/plugin-vue", "react", "react-dom", "svelte", "vite", "vue"];

const built = ["react", "vue", "svelte"];
const units = ["chart", "qrcode"];

/**
 * Builds the pages of examples/embedding as their authors would: in a folder of their own, against the packed project, by Vite's own
 * command. It takes what `npm run build` has built.
 * @param {string} folder a new one
 * @returns {Promise<string>} the folder inside it that is to be served, with html/, react/, vue/ and svelte/
 */
export async function buildEmbedding(folder) {
  const { installed } = await pack(folder);
  const modules = path.dirname(installed);
  await mkdir(path.join(modules, "@sveltejs"));
  await mkdir(path.join(modules, "@vitejs"));
  const link = (name) => symlink(path.join(root, "node_modules", name), path.join(modules, name), "junction");
  await Promise.all(others.map(link));
  await cp(path.join(root, "examples/embedding"), folder, { recursive: true });

  const site = path.join(folder, "site");
  const vite = path.join(modules, "vite/bin/vite.js");
  const build = (page) =>
    run(process.execPath, [vite, "build", page, "--outDir", path.join(site, page), "--logLevel", "error"], {
      cwd: folder,
    });
  const copy = (from, to) => cp(from, path.join(site, to), { recursive: true });
  await Promise.all([
    ...built.map(build),
    ...units.map((name) => copy(path.join(root, "examples/units", name, "built"), `units/${name}`)),
    copy(path.join(folder, "html"), "html"),
    copy(path.join(folder, "page.css"), "page.css"),
    copy(path.join(installed, "dist"), "node_modules/leasehold/dist"),
  ]);
  return site;
}
