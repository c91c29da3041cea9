import { expect } from "chai";
import fc from "fast-check";
import { findCycles } from "../../src/guest/find-cycles.js";

type Graph = number[][];

/** Module → the modules it imports, some of them twice, some of them itself. */
const graphs = fc
  .integer({ min: 1, max: 12 })
  .chain((size) =>
    fc.array(fc.array(fc.nat({ max: size - 1 }), { maxLength: 4 }), { minLength: size, maxLength: size }),
  );

const find = (graph: Graph) => findCycles("0", (path) => graph[Number(path)]!.map(String));

const importsOf = (graph: Graph, module: number): number[] => graph[module] ?? [];

function reachable(graph: Graph, from: number): Set<number> {
  const seen = new Set([from]);
  for (const module of seen) for (const target of importsOf(graph, module)) seen.add(target);
  return seen;
}

/** Modules that reach each other, by definition. */
function cycleOf(graph: Graph, module: number): number[] {
  return [...reachable(graph, module)].filter((other) => reachable(graph, other).has(module));
}

/** The order in which the language evaluates: a module after all it imports, unless they are under way already. */
function evaluationOrder(graph: Graph, isSkipped = (_from: number, _to: number) => false): number[] {
  const order: number[] = [];
  const begun = new Set<number>();
  const visit = (module: number): void => {
    begun.add(module);
    for (const target of importsOf(graph, module)) if (!begun.has(target) && !isSkipped(module, target)) visit(target);
    order.push(module);
  };
  visit(0);
  return order;
}

const closes = (graph: Graph) => {
  const { closing } = find(graph);
  return (from: number, to: number): boolean => closing.get(String(to))?.has(String(from)) ?? false;
};

describe("the imports that close a cycle", () => {
  it("leave no cycle behind when they are taken away", () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const isClosing = closes(graph);
        const rest = graph.map((targets, from) => targets.filter((to) => !isClosing(from, to)));
        for (const module of reachable(graph, 0)) {
          for (const target of rest[module]!) expect(reachable(rest, target).has(module)).to.equal(false);
        }
      }),
    );
  });

  it("are inside a cycle, each of them", () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        for (const [target, importers] of find(graph).closing) {
          for (const importer of importers)
            expect(reachable(graph, Number(target)).has(Number(importer))).to.equal(true);
        }
      }),
    );
  });

  it("are missed by nobody: without them the order of evaluation is the same", () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        expect(evaluationOrder(graph, closes(graph))).to.deep.equal(evaluationOrder(graph));
      }),
    );
  });

  it("are none where there is no cycle, and nothing is said of what is not reached", () => {
    const { closing, heads } = find([[1, 2], [2], [], [3, 4], [3]]);
    expect([closing.size, heads.size]).to.deep.equal([0, 0]);
  });

  it("can be a module's import of itself", () => {
    expect(find([[0, 0]])).to.deep.equal({ closing: new Map([["0", new Set(["0"])]]), heads: new Map(), order: ["0"] });
  });
});

describe("the head of a cycle", () => {
  it("is the module at which it was entered, for each of the others", () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const { heads } = find(graph);
        const begun: number[] = [];
        const visit = (module: number): void => {
          begun.push(module);
          for (const target of importsOf(graph, module)) if (!begun.includes(target)) visit(target);
        };
        visit(0);
        for (const module of begun) {
          const cycle = cycleOf(graph, module);
          const first = begun.find((other) => cycle.includes(other))!;
          expect(heads.get(String(module)) ?? String(module)).to.equal(String(first));
        }
      }),
    );
  });

  it("is found in a chain of a thousand that closes at its end", () => {
    const graph = Array.from({ length: 1000 }, (_, index) => [(index + 1) % 1000]);
    const { closing, heads } = find(graph);
    expect(closing).to.deep.equal(new Map([["0", new Set(["999"])]]));
    expect(heads.size).to.equal(999);
    expect(new Set(heads.values())).to.deep.equal(new Set(["0"]));
  });

  it("come with an order of the modules in which each is behind what it imports", () => {
    expect(find([[2, 1], [3], [1], []]).order).to.deep.equal(["3", "1", "2", "0"]);
  });

  it("are found in a chain of a hundred thousand", () => {
    const length = 100_000;
    const chain = Array.from({ length }, (_, n) => (n === length - 1 ? [1] : [n + 1]));
    const { closing, order } = find(chain);
    expect(closing).to.deep.equal(new Map([["1", new Set([String(length - 1)])]]));
    expect(order).to.have.length(length);
  });
});
