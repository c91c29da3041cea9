import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "vite";
import { frameDocumentOf } from "./guest-plugin.js";
import { leanAcornPlugin } from "./lean-acorn-plugin.js";
import { joinChunks } from "./lib/join-chunks.js";

const root = fileURLToPath(new URL("..", import.meta.url));
const documentId = "virtual:frame-document";

/**
 * Builds dist/leasehold.js and dist/frame.html. Remoting is in both, and thus twice in leasehold.js, of which the document is a part.
 * Bundled by itself either would name things in its own way. Here what they share is bundled once, and its text stands in both, so
 * that what compresses the one copy does well with the other.
 * @returns {Promise<string>} the document
 */
export async function buildCore() {
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
      lib: { entry: { leasehold: "src/index.ts", guest: "src/guest/main.ts" }, formats: ["es"] },
      rolldownOptions: { external: [documentId], output: { minify: true } },
    },
  });
  const [{ output }] = [result].flat();
  const chunks = output.filter(({ type }) => type === "chunk");
  const [leasehold, guest] = ["leasehold", "guest"].map((name) => chunks.find((chunk) => chunk.name === name));
  const [shared, ...others] = chunks.filter(({ isEntry }) => !isEntry);
  if (!leasehold || !guest || !shared || others.length > 0)
    throw new Error(`Library and guest have to share one chunk: ${chunks.map(({ fileName }) => fileName).join(", ")}`);

  const script = `(()=>{"use strict";${joinChunks(shared, guest).code}})();`;
  const { html } = await frameDocumentOf(script);
  await writeFile(`${root}dist/frame.html`, html);
  const { code, map } = joinChunks(shared, leasehold, { [documentId]: `{frameDocument:${quoted(html)}}` });
  await writeFile(`${root}dist/leasehold.js`, `${code}\n//# sourceMappingURL=leasehold.js.map\n`);
  await writeFile(`${root}dist/leasehold.js.map`, JSON.stringify({ ...map, file: "leasehold.js" }));
  return html;
}

/** A literal for a text, with as little changed in it as can be. */
function quoted(text) {
  const escapes = { '\\"': '"', "'": "\\'" };
  return `'${JSON.stringify(text)
    .slice(1, -1)
    .replace(/\\.|'/g, (found) => escapes[found] ?? found)}'`;
}
