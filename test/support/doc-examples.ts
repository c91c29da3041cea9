import { expect } from "chai";
import * as leasehold from "leasehold";
import * as remoting from "leasehold/remoting";
import * as services from "leasehold/services";
import { leavesNothing, type Counted } from "./baseline.js";

const imports = /^import \{([^}]+)\} from "(leasehold(?:\/remoting|\/services)?)";\n/gm;
const wholeImports = /^import \* as \w+ from ".+";\n/gm;
const entries: Record<string, object> = { leasehold, "leasehold/remoting": remoting, "leasehold/services": services };
/** Of the examples: each is the body of an asynchronous function. */
type Example = (...scope: unknown[]) => Promise<void>;
const AsyncFunction = (async () => {}).constructor as new (...text: string[]) => Example;

type Scope = Record<string, unknown>;

/**
 * Runs the examples of a document, each with a unit of its own: its block that begins with "// index.js". What stands behind a
 * `console.log` is what it has to show. Blocks that begin with a file's name, or make the host and show nothing, are no examples.
 * What "// contract.js" has stands before each of them; a block of JSON is in the unit's manifest.
 * @param fewest examples that the document has
 * @param packages what examples import as a whole, by the name that they give it
 */
export async function describeExamples(path: string, fewest: number, packages: Scope = {}): Promise<void> {
  const markdown = await (await fetch(path)).text();
  const blocks = [...markdown.matchAll(/^```js\n([^]*?)^```$/gm)].map(([, code]) => code as string);
  const file = (name: string): string => blocks.find((code) => code.startsWith(`// ${name}\n`)) ?? "";
  const [, json = "{}"] = /^```json\n([^]*?)^```$/m.exec(markdown) ?? [];
  const isSetUp = (code: string): boolean => code.includes("host = createHost(") && !code.includes("console.log(");
  const examples = blocks.filter((code) => !/^\/\/ \S+\.js\n/.test(code) && !isSetUp(code));

  describe(path.slice(1), () => {
    let host: leasehold.Host;
    let worker: string;
    const declared = JSON.parse(json) as Partial<leasehold.UnitManifest>;
    before(() => {
      host = leasehold.createHost({ pool: { worker: 1 } });
      worker = workerUrl(file("worker.js"));
    });
    after(() => {
      URL.revokeObjectURL(worker);
      return host.dispose();
    });
    leavesNothing({ hosts: () => [{ stats: () => ({ ...host.stats() }) } satisfies Counted] });

    it("has examples", () => {
      expect(examples.length).to.be.at.least(fewest);
      expect(file("index.js")).to.include("export");
    });

    examples.forEach((code, index) => {
      const [line = ""] = code.split("\n").filter((text) => text && !text.startsWith("import"));
      it(`runs example ${index + 1}: ${line.trim()}`, async () => {
        const source = { code: file("index.js"), manifest: { name: "words", version: "1.0.0", ...declared } };
        const unit = await host.load(source);
        try {
          const text = `${file("contract.js")}${code.replace('"./worker.js"', JSON.stringify(worker))}`;
          await run(text, { ...packages, host, source, unit, api: unit.exports });
        } finally {
          await unit.unload({ mode: "force" });
        }
      });
    });
  });
}

async function run(code: string, scope: Scope): Promise<void> {
  const all: Scope = { ...leasehold, ...scope };
  const body = code
    .replace(wholeImports, "")
    .replace(imports, (_all, names: string, entry: string) => {
      for (const name of names.split(",").map((text) => text.trim())) {
        expect(entries[entry], `what ${entry} exports`).to.have.property(name);
        all[name] = (entries[entry] as Scope)[name];
      }
      return "";
    })
    .replace(/console\.log\(([^]*?)\); \/\/ (.+)$/gm, "show($1, $2);");
  expect(body, "an example that shows nothing").to.include("show(");
  all["show"] = (value: unknown, expected: unknown): unknown => expect(value).to.deep.equal(expected);
  await new AsyncFunction(...Object.keys(all), `"use strict";\n{\n${body}\n}`)(...Object.values(all));
}

/** The module of the worker that examples start, at an address from which it can import what a page would. */
function workerUrl(text: string): string {
  const library = new URL("/dist/remoting.js", location.href).href;
  const code = text.replace("leasehold/remoting", library);
  return URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
}
