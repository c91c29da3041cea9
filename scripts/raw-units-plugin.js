import { readFile } from "node:fs/promises";
import path from "node:path";

const types = { ".js": "text/javascript; charset=utf-8", ".json": "application/json; charset=utf-8" };

/**
 * Vite plugin: the development server hands built units out as they are on disk. Its own transformations would change
 * their text, and then it is not what the manifest's digests say.
 */
export function rawUnitsPlugin() {
  return {
    name: "leasehold-raw-units",
    /** @param {import("vite").ViteDevServer} server */
    configureServer({ config, middlewares }) {
      middlewares.use(async ({ url = "" }, response, next) => {
        const { pathname } = new URL(url, "http://localhost");
        if (!/^\/examples\/units\/[^/]+\/built\/[^/]+$/.test(pathname)) return next();
        const body = await readFile(path.join(config.root, decodeURIComponent(pathname))).catch(() => undefined);
        if (!body) return next();
        response.setHeader("Content-Type", types[path.extname(pathname)] ?? "application/octet-stream").end(body);
      });
    },
  };
}
