/**
 * `npm run embedding`: builds the pages of examples/embedding against the packed project, as their authors would, and serves them. It
 * needs what `npm run build` has built.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { preview } from "vite";
import { buildEmbedding } from "./lib/build-embedding.js";

const folder = await mkdtemp(path.join(tmpdir(), "leasehold-embedding-"));
const outDir = await buildEmbedding(folder);
const server = await preview({ root: folder, configFile: false, appType: "mpa", build: { outDir } });
console.log("The pages are at:");
for (const page of ["html", "react", "vue", "svelte"]) console.log(`  ${server.resolvedUrls.local[0]}${page}/`);
process.once("SIGINT", async () => {
  await server.close();
  await rm(folder, { recursive: true });
});
