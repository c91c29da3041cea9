import { createServer } from "node:http";
import { readStatic } from "../../../scripts/lib/read-static.js";
import { responses } from "./responses.js";

/**
 * A second server: an origin, and a site, that is not the tests' own. Serves the same files and `/support/` responses,
 * without CORS headers, or with them where the address has `?cors`. Remembers what it was asked for, so that a test can
 * see what got out of a page.
 */
export class OtherOrigin {
  #asked = [];
  #server = createServer((request, response) => void this.#answer(request, response));

  /** Starts listening. @returns {Promise<string>} its origin */
  start() {
    return new Promise((resolve) => {
      this.#server.listen(0, "127.0.0.1", () => resolve(`http://127.0.0.1:${this.#server.address().port}`));
    });
  }

  /** @returns {string[]} paths and queries asked for that contain `text`, oldest first */
  requests(text) {
    return this.#asked.filter((url) => url.includes(text));
  }

  stop() {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  async #answer(request, response) {
    this.#asked.push(request.url);
    const url = new URL(request.url, "http://other.invalid");
    if (url.searchParams.has("cors")) {
      response.setHeader("access-control-allow-origin", "*");
      response.setHeader("access-control-allow-headers", "*");
    }
    const misbehave = url.pathname.startsWith("/support/") && responses[url.pathname.split("/")[2]];
    if (misbehave) return void (await misbehave(request, response, url));
    const file = await readStatic(url.pathname);
    response.setHeader("cache-control", "no-store");
    if (file) response.setHeader("content-type", file.type);
    response.statusCode = file ? 200 : 404;
    response.end(file?.body);
  }
}
