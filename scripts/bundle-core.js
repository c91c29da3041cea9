import { fileURLToPath } from "node:url";
import { build } from "vite";
import { frameDocumentOf } from "./guest-plugin.js";
import { leanAcornPlugin } from "./lean-acorn-plugin.js";
import { joinChunks } from "./lib/join-chunks.js";

const root = fileURLToPath(new URL("..", import.meta.url));
const documentId = "virtual:frame-document";

/**
 * Bundles the page's side together with the frame document, into one ES module. Remoting is in both, and thus twice in the
 * module, of which the document is a part. Bundled by itself either would name things in its own way. Here what they share is bundled
 * once, and its text stands in both, so that what compresses the one copy does well with the other.
 * @param {string} entry
 * @returns {Promise<{ code: string, map: object, html: string }>} the module, and the document
 */
export async function bundleCore(entry) {
  const result = await build({
    root,
    configFile: false,
    logLevel: "warn",
    plugins: [leanAcornPlugin()],
    build: {
      outDir: "dist",
      write: false,
      target: "es2022",
      minify: true,
      sourcemap: true,
      lib: { entry: { page: entry, guest: "src/guest/main.ts" }, formats: ["es"] },
      // Vite leaves the white space of ES libraries alone, for the sake of annotations that a page has no use for.
      rolldownOptions: { external: [documentId], output: { minify: true } },
    },
  });
  const [{ output }] = [result].flat();
  const chunks = output.filter(({ type }) => type === "chunk");
  const [page, guest] = ["page", "guest"].map((name) => chunks.find((chunk) => chunk.name === name));
  const [shared, ...others] = chunks.filter(({ isEntry }) => !isEntry);
  if (!page || !guest || !shared || others.length > 0)
    throw new Error(`Page and guest have to share one chunk: ${chunks.map(({ fileName }) => fileName).join(", ")}`);

  const { html } = await frameDocumentOf(`(()=>{"use strict";${joinChunks(shared, guest).code}})();`);
  return { ...joinChunks(shared, page, { [documentId]: `{frameDocument:${quoted(html)}}` }), html };
}

/** A literal for a text, with as little changed in it as can be. */
function quoted(text) {
  const escapes = { '\\"': '"', "'": "\\'" };
  return `'${JSON.stringify(text)
    .slice(1, -1)
    .replace(/\\.|'/g, (found) => escapes[found] ?? found)}'`;
}
