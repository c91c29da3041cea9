import { expect } from "chai";
import * as v from "valibot";
import { hostingSnippets } from "../../scripts/lib/hosting-snippets.js";
import { frameHeaders } from "../../src/vite/frame-headers.js";
import { anchorsOf } from "../support/docs/anchors.js";
import { blocksOf } from "../support/docs/blocks.js";
import { describeDocument } from "../support/docs/describe-document.js";
import { scripts, scriptsIn } from "../support/docs/scripts.js";

const read = async (path: string): Promise<string> => (await fetch(path)).text();

const names = (await (await fetch("/support/documents")).json()) as string[];
const paths = ["README.md", ...names.map((name) => `docs/${name}`)];
const documents = new Map(
  await Promise.all(paths.map(async (path) => [path, await read(`/${path}`)] as [string, string])),
);

for (const [path, markdown] of documents) {
  const blocks = blocksOf(markdown);
  if (blocks.length > 0) describeDocument(path, blocks, { v });
}

describe("the documents", () => {
  it("are all in the table of README.md", () => {
    for (const name of names) expect(documents.get("README.md")).to.include(`(docs/${name})`);
  });

  it("name commands that there are", async () => {
    const known = await scripts();
    for (const [path, text] of documents)
      for (const name of scriptsIn(text)) expect(known, path).to.have.property(name);
  });

  it("link to what there is", async () => {
    for (const [path, text] of documents)
      for (const [, target = "", anchor] of text.matchAll(/\]\((?!https?:)([^)#]*)(?:#([^)]+))?\)/g)) {
        const url = target ? new URL(target, `${location.origin}/${path}`).pathname.slice(1) : path;
        if (!documents.has(url))
          expect((await fetch(`/${url}`, { method: "HEAD" })).ok, `${path}: ${url}`).to.equal(true);
        else if (anchor) expect(anchorsOf(documents.get(url)!), `${path}: ${url}`).to.include(anchor);
      }
  });

  it("have of the frame document's headers what npm run hosting writes", () => {
    const snippets = hostingSnippets(frameHeaders({ network: ["https://api.example.com"] }));
    expect(documents.get("docs/hosting.md")).to.include(snippets);
  });
});
