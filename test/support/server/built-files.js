import { readStatic } from "../../../scripts/lib/read-static.js";

const built = /^\/(?:dist|examples\/units\/[^/]+\/built)\//;

/**
 * Koa middleware: what was built is served as it is on disk. The test server's transformations would change its text, and
 * then it is not what users get, nor what a manifest's digests say.
 */
export async function builtFiles(context, next) {
  const file = built.test(context.path) && (await readStatic(context.path));
  if (!file) return next();
  context.body = file.body;
  context.type = file.type;
  context.set("Cache-Control", "no-cache");
}
