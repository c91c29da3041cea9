import { createServer } from "node:http";
import { json } from "node:stream/consumers";
import { readStatic } from "../scripts/lib/read-static.js";
import { bundle } from "./bundle.js";

/**
 * Serves the repository on the loopback interface, and packages as bundles; takes what the bench page posts.
 * @param {(pathname: string, value: any) => void} posted
 * @returns {Promise<{ origin: string, close(): void }>}
 */
export async function serve(posted) {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    if (request.method === "POST") {
      posted(pathname, await json(request));
      return response.writeHead(204).end();
    }
    const file = (await readLibrary(pathname)) ?? (await readStatic(pathname));
    if (file) response.writeHead(200, { "content-type": file.type }).end(file.body);
    else response.writeHead(404).end();
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function readLibrary(pathname) {
  const [, name, format] = /^\/libraries\/(.+)\.(es|iife)\.js$/.exec(pathname) ?? [];
  return name && { body: await bundle(name, format), type: "text/javascript; charset=utf-8" };
}
