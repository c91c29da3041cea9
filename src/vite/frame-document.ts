import { readFile } from "node:fs/promises";
import type { Connect, Plugin } from "vite";
import { frameHeaders, type FrameHeadersOptions } from "./frame-headers.js";

export interface FrameDocumentOptions extends FrameHeadersOptions {
  /** Where it lies, from the page's `base`. Default "/leasehold/frame.html". */
  path?: string;
}

type Headers = Record<string, number | string | readonly string[] | undefined>;

/**
 * A plugin for the build of a page that hosts units: puts the frame document, which `frameUrl` names, beside the page, and has
 * Vite's own servers send it with the headers of `frameHeaders`. Whoever serves the build has to send them, too; see
 * docs/hosting.md.
 */
export function frameDocument(options: FrameDocumentOptions = {}): Plugin {
  const path = (options.path ?? "/leasehold/frame.html").replace(/^\//, "");
  // Beside this file, once both are built.
  const read = (): Promise<string> => readFile(new URL("./frame.html", import.meta.url), "utf8");

  /** @param ofServer what the server sends with everything, as isolation from other origins asks for */
  const serve = (middlewares: Connect.Server, base: string, ofServer: Headers = {}): void => {
    const address = new URL(path, new URL(base, "http://localhost")).pathname;
    middlewares.use(async ({ url = "" }, response, next) => {
      if (new URL(url, "http://localhost").pathname !== address) return next();
      const headers = [...Object.entries(ofServer), ...frameHeaders(options)];
      for (const [name, value] of headers) if (value !== undefined) response.setHeader(name, value);
      response.setHeader("Content-Type", "text/html; charset=utf-8");
      response.setHeader("Cache-Control", "no-cache");
      read().then((html) => response.end(html), next);
    });
  };

  return {
    name: "leasehold-frame-document",
    configureServer: ({ middlewares, config }) => serve(middlewares, config.base, config.server.headers),
    configurePreviewServer: ({ middlewares, config }) => serve(middlewares, config.base, config.preview.headers),
    async generateBundle() {
      this.emitFile({ type: "asset", fileName: path, source: await read() });
    },
  };
}
