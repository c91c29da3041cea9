import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { json } from "node:stream/consumers";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

const types = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".mjs": "text/javascript",
  ".json": "application/json",
};

/**
 * Serves the repository on the loopback interface, and takes what the bench page posts.
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
    try {
      const body = await readFile(path.join(root, path.normalize(pathname)));
      response
        .writeHead(200, { "content-type": types[path.extname(pathname)] ?? "application/octet-stream" })
        .end(body);
    } catch {
      response.writeHead(404).end();
    }
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
