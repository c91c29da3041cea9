import { createServer } from "node:http";
import { json } from "node:stream/consumers";
import { readStatic } from "../scripts/lib/read-static.js";
import { bundle } from "./bundle.js";

/**
 * Serves the repository on the loopback interface, and packages as bundles; takes what a bench page posts.
 * @param {(pathname: string, value: any) => unknown} posted answers, or promises to
 * @returns {Promise<{ origin: string, close(): void }>}
 */
export async function serve(posted) {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    if (request.method === "POST") {
      return answer(response, posted, pathname, await json(request));
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

async function answer(response, posted, pathname, value) {
  try {
    const body = JSON.stringify({ answer: await posted(pathname, value) });
    response.writeHead(200, { "content-type": "application/json" }).end(body);
  } catch (error) {
    response.writeHead(500).end(error.stack ?? String(error));
  }
}

async function readLibrary(pathname) {
  const [, name, format] = /^\/libraries\/(.+)\.(es|iife)\.js$/.exec(pathname) ?? [];
  return name && { body: await bundle(name, format), type: "text/javascript; charset=utf-8" };
}
