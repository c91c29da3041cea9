/**
 * `npm run hosting`: writes the headers of the frame document, and how static hosts are told of them, into docs/hosting.md, from
 * what src/vite/frame-headers.ts says and the attacks are tried against. The rest of that page stays.
 *
 *     node scripts/hosting.js [--check]
 *
 * `--check` writes nothing, and ends with 1 where the page says something else.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { hostingSnippets } from "./lib/hosting-snippets.js";
import { importSource } from "./lib/import-source.js";

const file = fileURLToPath(new URL("../docs/hosting.md", import.meta.url));
const [begin, end] = ["<!-- npm run hosting -->", "<!-- /npm run hosting -->"];

const text = readFileSync(file, "utf8");
const [before, rest = ""] = text.split(begin);
const [, after] = rest.split(end);
if (after === undefined) throw new Error(`docs/hosting.md has lost ${begin} or ${end}; put both back.`);
const { frameHeaders } = await importSource("src/vite/frame-headers.ts");
const snippets = hostingSnippets(frameHeaders({ network: ["https://api.example.com"] }));
const written = `${before}${begin}\n<!-- prettier-ignore-start -->\n\n${snippets}\n<!-- prettier-ignore-end -->\n${end}${after}`;

if (!process.argv.includes("--check")) writeFileSync(file, written);
else if (written !== text) {
  console.error("docs/hosting.md does not say what src/vite/frame-headers.ts does. Run `npm run hosting`.");
  process.exitCode = 1;
}
