import { createSocket } from "node:dgram";
import { createServer as createHttpServer } from "node:http";
import { createServer as createTcpServer } from "node:net";

const types = {
  css: "text/css",
  html: "text/html",
  js: "text/javascript",
  json: "application/json",
  svg: "image/svg+xml",
};

/**
 * Where attacks try to get to: an HTTP server on an origin of its own, which answers everybody, and any number of TCP and
 * UDP ports. It remembers what reached it: the paths asked for, and the ports that were connected or written to. A port is
 * for one try, because a connection says nothing about itself.
 */
export class Collector {
  #arrived = new Set();
  #open = [];

  /** Starts listening. @returns {Promise<string>} the HTTP server's origin */
  async start() {
    const server = createHttpServer((request, response) => this.#answer(request, response));
    server.on("upgrade", (request, socket) => {
      this.#arrived.add(request.url);
      socket.destroy();
    });
    return `http://127.0.0.1:${await this.#listen(server)}`;
  }

  /** @returns {Promise<number>} a port that counts connections, and answers none */
  tcpPort() {
    const server = createTcpServer((socket) => {
      this.#arrived.add(`tcp:${server.address().port}`);
      socket.on("error", () => {}).destroy();
    });
    return this.#listen(server);
  }

  /** @returns {Promise<number>} a port that counts packets, and answers none */
  async udpPort() {
    const socket = createSocket("udp4");
    this.#open.push(socket);
    await new Promise((resolve) => socket.bind(0, "127.0.0.1", resolve));
    const { port } = socket.address();
    socket.on("message", () => this.#arrived.add(`udp:${port}`));
    return port;
  }

  /** @returns {string[]} paths with their queries, `tcp:<port>` and `udp:<port>`; each once, in the order of their first arrival */
  get arrived() {
    return [...this.#arrived];
  }

  stop() {
    for (const each of this.#open) {
      each.closeAllConnections?.();
      each.close();
    }
  }

  #listen(server) {
    this.#open.push(server);
    return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server.address().port)));
  }

  #answer(request, response) {
    this.#arrived.add(request.url);
    const extension = /\.(\w+)(?:\?|$)/.exec(request.url)?.[1];
    response.setHeader("access-control-allow-origin", request.headers.origin ?? "*");
    response.setHeader("access-control-allow-headers", "*");
    response.setHeader("access-control-allow-private-network", "true");
    response.setHeader("cache-control", "no-store");
    response.setHeader("content-type", types[extension] ?? "text/plain");
    response.end();
  }
}
