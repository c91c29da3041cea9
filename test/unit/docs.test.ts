import { expect } from "chai";
import { blocksOf } from "../support/docs/blocks.js";
import { runExample } from "../support/docs/example.js";
import { runWithMessages } from "../support/docs/messages.js";
import { runPage } from "../support/docs/page.js";
import { withoutTimes } from "../support/docs/printed.js";
import { leavesNothing } from "../support/baseline.js";
import { rejection } from "../support/rejection.js";

const fence = "```";

describe("what runs the documents", () => {
  leavesNothing();

  it("sees each block, its language, its line and its name", () => {
    const [first, second] = blocksOf(`# Title\n\n${fence}js\n// index.js\n1;\n${fence}\n\n${fence}\ntext\n${fence}\n`);
    expect(first).to.include({
      language: "js",
      code: "// index.js\n1;\n",
      line: 4,
      file: "index.js",
      isExcused: false,
    });
    expect(second).to.include({ language: "", code: "text\n", line: 9, file: undefined });
  });

  it("excuses a block only where the document says why", () => {
    const excused = (comment: string) => blocksOf(`${comment}\n\n${fence}js\n1;\n${fence}\n`)[0]!.isExcused;
    expect(excused("<!-- not run: it is a build's -->")).to.equal(true);
    expect(excused("<!-- not run: -->")).to.equal(false);
    expect(excused("<!-- prettier-ignore -->")).to.equal(false);
  });

  it("passes over what a script has written, and refuses what it does not see", () => {
    const block = `${fence}js\n1;\n${fence}\n`;
    expect(blocksOf(`<!-- npm run hosting -->\n${block}<!-- /npm run hosting -->\n${block}`)).to.have.length(1);
    for (const hidden of [`- item\n\n  ${fence}js\n  1;\n  ${fence}\n`, `~~~js\n1;\n~~~\n`, `${fence}js\n1;\n`])
      expect(() => blocksOf(hidden)).to.throw("A block is");
  });

  it("fails an example that does not show what it says", async () => {
    await runExample("console.log(1 + 1); // 2", {});
    expect((await rejection(runExample("console.log(1 + 1); // 3", {}))).name).to.equal("AssertionError");
    expect((await rejection(runExample(`import { nothing } from "leasehold";\n`, {}))).name).to.equal("AssertionError");
  });

  it("fails a page that does not show what it says, or in which something goes wrong", async () => {
    const page = (code: string): string => `<!doctype html>\n<script type="module">\n${code}\n</script>`;
    await runPage(page("console.log([1]); // [1]"));
    expect((await rejection(runPage(page("console.log([1]); // [2]")))).name).to.equal("AssertionError");
    const fault = await rejection(runPage(page("nothing.at.all;\nconsole.log(1); // 1")));
    expect(fault).to.include({ name: "AssertionError", expected: "" });
  });

  it("fails an example whose messages are others or more than it says", async () => {
    const run = (messages: string) =>
      runWithMessages(`port1.postMessage([0, [1, 2]]);\n${messages}`, {
        page: "const { port1 } = new MessageChannel();",
      });
    await run("// → [0, [1,\n//     2]]");
    for (const other of ["// ← [0, [1, 2]]", "// → [0, [1, 3]]", ""])
      expect((await rejection(run(other))).name, other).to.equal("AssertionError");
  });

  it("leaves times out of what is printed, and nothing else", () => {
    expect(withoutTimes("1 call  f() running 6.8 s  held by host   3 min 12 s")).to.equal(
      withoutTimes("1 call  f() running 12 ms  held by host  1 s"),
    );
    expect(withoutTimes("2 holders")).to.equal("2 holders");
  });
});
