import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { buildEmbedding } from "../../../scripts/lib/build-embedding.js";
import { readStatic } from "../../../scripts/lib/read-static.js";

const prefix = "/support/embedding";

/** Serves the pages of examples/embedding under that address, and builds them when it is asked for the first. */
export function embeddingPages() {
  let folder;
  let built;
  async function build() {
    folder = await mkdtemp(path.join(tmpdir(), "leasehold-embedding-"));
    return buildEmbedding(folder);
  }
  return {
    plugin: {
      name: "embedding-pages",
      async serverStop() {
        await built?.catch(() => {});
        if (folder) await rm(folder, { recursive: true });
      },
    },
    async middleware(context, next) {
      if (!context.path.startsWith(`${prefix}/`)) return next();
      const file = await readStatic(context.path.slice(prefix.length), await (built ??= build()));
      if (!file) return next();
      context.body = file.body;
      context.type = file.type;
    },
  };
}
