import { expect } from "chai";
import fc from "fast-check";
import { createHost, type Host } from "leasehold";
import { leavesNothing } from "../support/baseline.js";
import { natively, throughLeasehold, type Modules } from "./linking-outcome.js";
import { rounds } from "../support/rounds.js";

/** What one module takes from another, as statements and as the expressions that show what was taken. */
const ways: ((target: number, id: string) => { statement: string; shown?: string })[] = [
  (t) => ({ statement: `import "./m${t}.js";` }),
  (t, id) => ({ statement: `import { v${t} as ${id} } from "./m${t}.js";`, shown: id }),
  (t, id) => ({ statement: `import { f${t} as ${id} } from './m${t}.js';`, shown: `${id}()` }),
  (t, id) => ({ statement: `import ${id} from "./m${t}.js";`, shown: id }),
  (t, id) => ({ statement: `import * as ${id} from "./m${t}.js";`, shown: `show(${id})` }),
  (t) => ({ statement: `export * from "./m${t}.js";` }),
  (t, id) => ({ statement: `export * as ${id} from "./m${t}.js";` }),
  (t, id) => ({ statement: `export { v${t} as ${id}, f${t} as "${id} f" } from "./m${t}.js";` }),
  (t, id) => ({ statement: `import { v${t} as ${id} } from "./m${t}.js"; export { ${id} };`, shown: id }),
  // What another module exports of a third one; often it does not, and the program cannot be linked.
  (t, id) => ({ statement: `import { v${(t + 1) % 3} as ${id} } from "./m${t}.js";`, shown: id }),
];

const library = `const show = (ns) => Object.keys(ns).map((key) => key + ":" + (typeof ns[key] === "function" ? ns[key]() : typeof ns[key] === "string" ? ns[key] : "{}"));`;

function moduleText(
  module: number,
  taken: readonly (readonly [target: number, way: number])[],
  isAsync: boolean,
): string {
  const imports = taken.map(([target, way], index) => ways[way]!(target, `x${module}_${index}`));
  return [
    `(globalThis.order ??= []).push(${module}); ${library}`,
    ...imports.map(({ statement }) => statement),
    isAsync ? `await null; globalThis.order.push("${module} again");` : "",
    `export let v${module} = "v${module}"; export function f${module}() { return "f of " + v${module} } export default "d${module}";`,
    `(globalThis.bumps ??= []).push(() => { v${module} += "!" });`,
    `(globalThis.shows ??= {})[${module}] = () => [${imports.flatMap(({ shown }) => shown ?? []).join(", ")}];`,
  ].join("\n");
}

const programs = fc.integer({ min: 1, max: 7 }).chain((size) => {
  const target = fc.nat({ max: size - 1 });
  const way = fc.oneof(
    { weight: 19, arbitrary: fc.nat({ max: ways.length - 2 }) },
    { weight: 1, arbitrary: fc.constant(ways.length - 1) },
  );
  const module = fc.record({
    taken: fc.array(fc.tuple(target, way), { maxLength: 4 }),
    isAsync: fc.integer({ min: 0, max: 7 }).map((n) => n === 0),
  });
  return fc.record({ modules: fc.array(module, { minLength: size, maxLength: size }), late: fc.tuple(target, target) });
});

const calls = ["order", "shows", "bump", "shows", "late0", "order", "shows", "late1", "bump", "shows", "order"];

function textsOf({
  modules,
  late,
}: {
  modules: { taken: [number, number][]; isAsync: boolean }[];
  late: [number, number];
}): Modules {
  const texts = modules.map(({ taken, isAsync }, index) => [`m${index}.js`, moduleText(index, taken, isAsync)]);
  const index = [
    `import "./m0.js"; ${library}`,
    `export const order = () => globalThis.order;`,
    `export const shows = () => Object.entries(globalThis.shows).map(([module, show]) => [module, ...show()]);`,
    `export const bump = () => globalThis.bumps.forEach((bump) => bump());`,
    ...late.map((target, n) => `export const late${n} = async () => show(await import("./m${target}.js"));`),
  ];
  return { "index.js": index.join("\n"), ...Object.fromEntries(texts) };
}

/** Why a program cannot be linked is said in other words than the engine's; whether it can is the same. */
const comparable = (outcome: unknown[]): unknown[] =>
  String(outcome[0]).startsWith("did not start")
    ? ["did not start"]
    : outcome.map((result) => (result instanceof Object && "threw" in result ? "threw" : result));

describe("any program in modules", () => {
  let host: Host;
  before(() => void (host = createHost({ pool: { worker: 1 } })));
  after(() => host.dispose());
  leavesNothing({ hosts: () => [{ stats: () => ({ ...host.stats() }) }] });

  it("does what the language says", async function () {
    this.timeout(60_000);
    const property = fc.asyncProperty(programs, async (program) => {
      const modules = textsOf(program);
      const expected = comparable(await natively(modules, calls));
      const actual = comparable(await throughLeasehold(host, "worker", modules, calls));
      expect(actual).to.deep.equal(expected);
    });
    await fc.assert(property, { numRuns: rounds(40), includeErrorInReport: true });
  });
});
