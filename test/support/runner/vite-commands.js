import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { frameDocument, unit } from "leasehold/vite";
import { build, createServer, preview } from "vite";

const project = fileURLToPath(new URL("../../../", import.meta.url));

/** The server's half of `vite.ts`: Vite with the plugins of leasehold/vite, in a folder that is there for one command. */
export function viteCommands() {
  const commands = { "vite-build-unit": buildUnit, "vite-serve-frame": serveFrame };
  return {
    name: "vite-commands",
    async executeCommand({ command, payload }) {
      if (!Object.hasOwn(commands, command)) return undefined;
      const { NODE_ENV } = process.env;
      const root = await mkdtemp(path.join(tmpdir(), "leasehold-vite-"));
      try {
        for (const [name, text] of Object.entries(payload.files)) {
          await mkdir(path.dirname(path.join(root, name)), { recursive: true });
          await writeFile(path.join(root, name), text);
        }
        return await commands[command](root, payload);
      } finally {
        await rm(root, { recursive: true });
        // Vite's build leaves "production" behind.
        if (NODE_ENV === undefined) delete process.env.NODE_ENV;
      }
    },
  };
}

async function buildUnit(root, { files, options, config }) {
  try {
    await build({ ...(await baseOf(root, files, unit(options))), ...config });
  } catch (error) {
    return { error: { name: error.name, message: error.message } };
  }
  return { built: await textsIn(path.join(root, "dist")) };
}

async function serveFrame(root, { by, address, files, options, config }) {
  const all = { ...(await baseOf(root, files, frameDocument(options))), ...config };
  const open = { host: "127.0.0.1", port: 0 };
  if (by === "preview") await build(all);
  const server =
    by === "preview"
      ? await preview({ ...all, preview: { ...config.preview, ...open } })
      : await (await createServer({ ...all, server: { ...config.server, ...open, watch: null } })).listen();
  try {
    const { port } = server.httpServer.address();
    const response = await fetch(`http://127.0.0.1:${port}${address}`);
    return { headers: Object.fromEntries(response.headers), text: await response.text() };
  } finally {
    await server.close();
  }
}

/** The plugin is used where no configuration does; one has what it imports by name installed beside it. */
async function baseOf(root, files, plugin) {
  const base = { root, logLevel: "silent" };
  if (!("vite.config.js" in files)) return { ...base, configFile: false, plugins: [plugin] };
  await mkdir(path.join(root, "node_modules"));
  await symlink(project, path.join(root, "node_modules/leasehold"), "junction");
  await symlink(path.join(project, "node_modules/vite"), path.join(root, "node_modules/vite"), "junction");
  return { ...base, configFile: path.join(root, "vite.config.js") };
}

async function textsIn(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
  const texts = files.map(async (file) => [path.relative(folder, file), await readFile(file, "utf8")]);
  return Object.fromEntries(await Promise.all(texts));
}
