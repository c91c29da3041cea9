import { setTimeout as wait } from "node:timers/promises";
import { readStatic } from "../../../scripts/lib/read-static.js";

/** How many pieces a dripped file comes in. */
const drops = 20;

/**
 * The responses that tests of bad input ask for, under `/support/`. Each takes the file to serve as `path`, and response
 * headers as any number of `header=Name: value`.
 * @type {Record<string, (request: import("node:http").IncomingMessage, response: import("node:http").ServerResponse, url: URL) => Promise<unknown>>}
 */
export const responses = {
  /** The file, with the given headers. `csp` is short for that header. */
  headers: async (_request, response, url) => sendFile(response, url),

  /** The file, `ms` milliseconds late. */
  async slow(_request, response, url) {
    await wait(Number(url.searchParams.get("ms") ?? 1000));
    await sendFile(response, url);
  },

  /** Never answers; with `path`, sends the headers and half of the file first. */
  async hang(_request, response, url) {
    if (!url.searchParams.has("path")) return;
    const file = await openFile(response, url);
    if (!file) return;
    response.setHeader("content-length", file.body.length);
    response.write(file.body.subarray(0, file.body.length >> 1));
  },

  /** The file in twenty pieces, `ms` milliseconds apart, with its length announced. */
  async drip(_request, response, url) {
    const file = await openFile(response, url);
    if (!file) return;
    response.setHeader("content-length", file.body.length);
    const size = Math.ceil(file.body.length / drops);
    for (let start = 0; start < file.body.length && !response.destroyed; start += size) {
      response.write(file.body.subarray(start, start + size));
      await wait(Number(url.searchParams.get("ms") ?? 20));
    }
    response.end();
  },

  /** `/support/status/503`: an empty answer of that status, or the file under it. */
  async status(_request, response, url) {
    response.statusCode = Number(url.pathname.split("/")[3] ?? 500);
    if (url.searchParams.has("path")) await sendFile(response, url);
    else setHeaders(response, url).end();
  },

  /** What was asked for, as JSON: method, headers, body. Its length is not announced. */
  async echo(request, response, url) {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const { method, headers } = request;
    setHeaders(response, url).setHeader("content-type", "application/json");
    response.write(JSON.stringify({ method, headers, body: Buffer.concat(chunks).toString() }));
    response.end();
  },
};

async function sendFile(response, url) {
  const file = await openFile(response, url);
  if (file) response.end(file.body);
}

async function openFile(response, url) {
  const file = await readStatic(url.searchParams.get("path") ?? "");
  if (!file) {
    response.statusCode = 404;
    response.end();
    return undefined;
  }
  response.setHeader("content-type", file.type);
  setHeaders(response, url);
  return file;
}

function setHeaders(response, url) {
  response.setHeader("cache-control", "no-store");
  const csp = url.searchParams.get("csp");
  if (csp) response.setHeader("content-security-policy", csp);
  for (const header of url.searchParams.getAll("header")) {
    const colon = header.indexOf(":");
    response.setHeader(header.slice(0, colon).trim(), header.slice(colon + 1).trim());
  }
  return response;
}
