import { expect } from "chai";
import fc from "fast-check";
import { resolveRequirements, type FindRequired } from "../../src/unit/requirements/resolve-requirements.js";
import { LeaseholdError } from "../../src/errors.js";
import type { UnitPackage } from "../../src/unit/unit-package.js";
import { idsOf, pack } from "../support/packages.js";
import { rounds } from "../support/rounds.js";

const NAMES = ["a", "b", "c", "d"];
const VERSIONS = ["1.0.0", "1.1.0", "2.0.0"];
/** What is in each range, by hand. */
const RANGES: Record<string, string[]> = {
  "*": VERSIONS,
  "^1.0.0": ["1.0.0", "1.1.0"],
  ">=1.1.0": ["1.1.0", "2.0.0"],
  "2": ["2.0.0"],
  "1.0.0": ["1.0.0"],
};

const requires = fc.dictionary(fc.constantFrom(...NAMES), fc.constantFrom(...Object.keys(RANGES)), { maxKeys: 3 });
/** What every version of every name requires, the unit's own first. */
const graphs = fc.record({
  root: requires,
  others: fc.array(requires, { minLength: NAMES.length * VERSIONS.length, maxLength: NAMES.length * VERSIONS.length }),
  /** Whether each requires only names that come after its own. */
  isLayered: fc.boolean(),
  /** Which of those in the range each requester is offered, by turns; past the last none. */
  picks: fc.array(fc.nat(3), { minLength: 1, maxLength: 12 }),
});
type Graph = typeof graphs extends fc.Arbitrary<infer T> ? T : never;

function build({ root, others, isLayered, picks }: Graph): {
  app: UnitPackage;
  find: FindRequired;
  all: UnitPackage[];
} {
  const wishesOf = (wishes: Record<string, string>, own: string): Record<string, string> =>
    Object.fromEntries(Object.entries(wishes).filter(([name]) => !isLayered || name > own));
  const all = NAMES.flatMap((name, n) =>
    VERSIONS.map((version, v) => pack(`${name}@${version}`, wishesOf(others[n * VERSIONS.length + v] ?? {}, name))),
  );
  const find: FindRequired = (name, range, requester) => {
    const suiting = all.filter((each) => each.manifest.name === name && RANGES[range]!.includes(each.manifest.version));
    const turn =
      NAMES.indexOf(name) * 5 +
      requester.name.length +
      VERSIONS.indexOf(requester.version) +
      requester.name.charCodeAt(0);
    return suiting[picks[turn % picks.length]!];
  };
  return { app: pack("app@1.0.0", root), find, all };
}

/** All assignments of versions to names that are what the resolver promises, found by trying each. */
function solutions({ app, find, all }: ReturnType<typeof build>): Set<string>[] {
  const found: Set<string>[] = [];
  const tryWith = (names: string[], assigned: Map<string, UnitPackage>): void => {
    const [name, ...rest] = names;
    if (name === undefined) {
      if (isSolution(app, find, assigned))
        found.push(new Set([...assigned.values()].map(({ manifest }) => `${manifest.name}@${manifest.version}`)));
      return;
    }
    tryWith(rest, assigned);
    for (const each of all) if (each.manifest.name === name) tryWith(rest, new Map([...assigned, [name, each]]));
  };
  tryWith(NAMES, new Map());
  return found;
}

function isSolution(app: UnitPackage, find: FindRequired, assigned: ReadonlyMap<string, UnitPackage>): boolean {
  const members = [app, ...assigned.values()];
  const wishes = members.flatMap(({ manifest }) =>
    Object.entries(manifest.requires ?? {}).map(([name, range]) => ({ by: manifest, name, range })),
  );
  if (wishes.some(({ name }) => !assigned.has(name))) return false;
  for (const [name, { manifest }] of assigned) {
    const wanted = wishes.filter((wish) => wish.name === name);
    const suiting = wanted
      .map(({ by, range }) => (find(name, range, by) as UnitPackage | undefined)?.manifest.version)
      .filter((version) => version !== undefined && wanted.every(({ range }) => RANGES[range]!.includes(version)));
    if (suiting.toSorted().at(-1) !== manifest.version) return false;
  }
  const reached = new Set([app]);
  for (const { manifest } of reached)
    for (const name of Object.keys(manifest.requires ?? {})) reached.add(assigned.get(name)!);
  return reached.size === members.length && !isCircular(app, assigned, []);
}

function isCircular(unit: UnitPackage, assigned: ReadonlyMap<string, UnitPackage>, way: UnitPackage[]): boolean {
  if (way.includes(unit)) return true;
  return Object.keys(unit.manifest.requires ?? {}).some((name) =>
    isCircular(assigned.get(name)!, assigned, [...way, unit]),
  );
}

describe("any units that require each other", () => {
  it("come to what trying all versions comes to, each behind what it requires; or are refused where that comes to nothing", async () => {
    await fc.assert(
      fc.asyncProperty(graphs, async (graph) => {
        const built = build(graph);
        const promised = solutions(built);
        try {
          const found = idsOf(await resolveRequirements(built.app, built.find));
          expect(promised).to.deep.include(new Set(found));
          for (const [index, id] of found.entries()) {
            const { manifest } = built.all.find((each) => `${each.manifest.name}@${each.manifest.version}` === id)!;
            const before = found.slice(0, index).map((each) => each.split("@")[0]);
            expect(before).to.include.members(Object.keys(manifest.requires ?? {}));
          }
        } catch (error) {
          if (!(error instanceof LeaseholdError)) throw error;
          expect(error.code).to.match(/^requirement-(missing|conflict|cycle)$/);
          // Where versions depend on each other in a circle, it may be found first that nothing suits.
          if (!hasCircleOfNames(built)) expect(promised).to.have.length(0);
        }
      }),
      { numRuns: rounds(1500) },
    );
  });
});

/** Whether some version of a name requires, by whatever versions of others, that name again. */
function hasCircleOfNames({ all }: ReturnType<typeof build>): boolean {
  return NAMES.some((name) => {
    const reached = new Set<string>();
    const queue = [name];
    for (const each of queue) {
      for (const { manifest } of all) {
        if (manifest.name !== each) continue;
        for (const next of Object.keys(manifest.requires ?? {}))
          if (!reached.has(next)) reached.add(next) && queue.push(next);
      }
    }
    return reached.has(name);
  });
}
