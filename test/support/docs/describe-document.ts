import { expect } from "chai";
import * as leasehold from "leasehold";
import { leavesNothing } from "../baseline.js";
import type { Block } from "./blocks.js";
import { engine } from "../engine.js";
import { claimsIn, needsUsing, runExample, type Scope } from "./example.js";
import { hasMessages, runWithMessages } from "./messages.js";
import { withoutTimes } from "./printed.js";
import { runners } from "./runners.js";
import { isInFile, shownFile } from "./shown-file.js";

/** Files that stand before each example; all others of a document are modules of its unit. */
const shared = ["contract.js", "page.js"];
const worker = "worker.js";

/**
 * Runs each block of a document, by its language.
 *
 * js: an example, the body of an asynchronous function with `host`, `source`, `unit` and `api`; what stands behind a `console.log` is
 * what that has to show, and a comment `// → …` or `// ← …` a message that is sent. A `text` block below says what its other
 * `console.log` print. One that begins with a file's name is a module of the unit that each example has, or what several examples
 * share; one that only makes a host has to make one that works; one that begins with the name of a file in examples/ is a part of it. Of the other languages `runners` tells.
 *
 * @param packages what examples import as a whole, by the name that they give it
 */
export function describeDocument(path: string, blocks: Block[], packages: Scope = {}): void {
  const files = new Map(
    blocks.flatMap(({ file, code, isExcused }) => (file && !isExcused ? [[file, code] as const] : [])),
  );
  const modules = Object.fromEntries([...files].filter(([name]) => ![...shared, worker].includes(name)));
  const declared = blocks.find(({ language, isExcused }) => language === "json" && !isExcused)?.code ?? "{}";
  const page = shared.map((name) => files.get(name) ?? "").join("");
  const hasUnit = "index.js" in modules;

  describe(path, () => {
    let host: leasehold.Host | undefined;
    let source: { manifest: leasehold.UnitManifest; modules: Record<string, string> };
    let addresses: Record<string, string>;
    before(() => {
      if (hasUnit) host = leasehold.createHost({ pool: { worker: 1 } });
      source = { manifest: { name: "words", version: "1.0.0", ...JSON.parse(declared) }, modules };
      addresses = {
        "./worker.js": workerUrl(files.get(worker) ?? ""),
        "/vendor/leasehold/frame.html": "/dist/frame.html",
      };
    });
    after(() => {
      URL.revokeObjectURL(addresses["./worker.js"] as string);
      return host?.dispose();
    });
    leavesNothing({ hosts: () => (host ? [{ stats: () => ({ ...host!.stats() }) }] : []) });

    /** The examples' text, with what is there in the place of what they name by its address. */
    const atHand = (code: string): string =>
      Object.entries(addresses)
        .reduce((text, [address, own]) => text.replace(JSON.stringify(address), JSON.stringify(own)), code)
        .replace('"./words/unit.json"', JSON.stringify(source));

    async function example(code: string, printed: string | undefined): Promise<void> {
      const unit = await host?.load(source);
      const lines: unknown[] = [];
      const console = { log: (line: unknown) => void lines.push(line) };
      const scope = { ...packages, host, source, unit, api: unit?.exports, console, page };
      try {
        await (hasMessages(code) ? runWithMessages(code, scope) : runExample(atHand(page + code), scope));
        expect(withoutTimes(lines.join("\n"))).to.equal(withoutTimes(printed ?? ""));
      } finally {
        await unit?.unload({ mode: "force" });
      }
    }

    async function setUp(code: string): Promise<void> {
      const check = `\nawait host.load({ code: "" });\nawait host.dispose();`;
      await runExample(atHand(code) + check, {});
    }

    blocks.forEach(({ language, code, line, file, isExcused }, index) => {
      const before = blocks[index - 1];
      const isPrinted = language === "text" && before?.language === "js" && !before.file;
      const isFile = file && (hasUnit || file === worker || shared.includes(file));
      if (isExcused || isFile || isPrinted) return;
      const shown = shownFile(code);
      if (shown) return void it(`shows ${shown} as it is (line ${line})`, () => isInFile(code, shown));
      const first = code
        .split("\n")
        .find((text) => text && !/^(import|\/\/) /.test(text))
        ?.trim();
      const next = blocks[index + 1];
      it(`runs line ${line}: ${first ?? ""}`, async () => {
        if (language === "js") {
          if (needsUsing(code)) return void expect(engine, "an engine that does not know `using`").to.equal("webkit");
          if (/\bhost = createHost\(/.test(code) && claimsIn(code) === 0) return setUp(code);
          const printed = next?.language === "text" ? next.code : undefined;
          expect(claimsIn(code) > 0 || hasMessages(code) || printed, "what it shows").to.be.ok;
          return example(code, printed);
        }
        const run = runners[language];
        expect(run, `a way to run "${language}"; if there is none, say why: <!-- not run: why -->`).to.be.a("function");
        return run!(code, hasUnit && code === declared);
      });
    });
  });
}

/** The module of the worker that examples start, at an address from which it can import what a page would. */
function workerUrl(text: string): string {
  const library = new URL("/dist/remoting.js", location.href).href;
  const code = text.replace("leasehold/remoting", library);
  return URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
}
