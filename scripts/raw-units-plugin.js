import { readStatic } from "./lib/read-static.js";

/**
 * Vite plugin: the development server hands built units out as they are on disk. Its own transformations would change
 * their text, and then it is not what the manifest's digests say.
 */
export function rawUnitsPlugin() {
  return {
    name: "leasehold-raw-units",
    /** @param {import("vite").ViteDevServer} server */
    configureServer({ middlewares }) {
      middlewares.use(async ({ url = "" }, response, next) => {
        const { pathname } = new URL(url, "http://localhost");
        if (!/^\/examples\/units\/[^/]+\/built\/[^/]+$/.test(pathname)) return next();
        const file = await readStatic(pathname);
        if (!file) return next();
        response.setHeader("Content-Type", file.type).end(file.body);
      });
    },
  };
}
