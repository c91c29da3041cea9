import { expect } from "chai";
import { resolveRequirements } from "../../src/unit/requirements/resolve-requirements.js";
import type { UnitPackage } from "../../src/unit/unit-package.js";
import { pack } from "../support/packages.js";

/** Milliseconds: on a machine that has other things to do. */
const BOUND = 5000;

/** So many units, each of which requires some of those after it. */
async function resolveMany(
  count: number,
  requiredBy: (n: number) => number[],
  versions = ["1.0.0"],
): Promise<UnitPackage[]> {
  const all = new Map<string, UnitPackage[]>();
  for (let n = 0; n < count; n++) {
    const requires = Object.fromEntries(requiredBy(n).map((each) => [`u${each}`, "^1.0.0"]));
    all.set(
      `u${n}`,
      versions.map((version) => pack(`u${n}@${version}`, requires)),
    );
  }
  let asked = 0;
  const started = performance.now();
  const found = await resolveRequirements(
    pack("app@1.0.0", { u0: "*" }),
    (name) => all.get(name)![asked++ % versions.length],
  );
  expect(performance.now() - started).to.be.below(BOUND);
  const places = new Map(found.map(({ source }, index) => [source.manifest.name, index]));
  for (const { source } of found) {
    for (const name of Object.keys(source.manifest.requires ?? {})) {
      expect(places.get(name)).to.be.below(places.get(source.manifest.name) as number);
    }
  }
  return found.map(({ source }) => source);
}

const upTo = (count: number, from: number, to: number): number[] =>
  Array.from({ length: Math.max(0, Math.min(count, to) - from) }, (_, index) => from + index);

describe("many units that require each other", () => {
  for (const count of [200, 2000]) {
    it(`may be a chain of ${count}`, async () => {
      expect(await resolveMany(count, (n) => upTo(count, n + 1, n + 2))).to.have.length(count);
    });

    it(`may be ${count} that all require the next thirty`, async () => {
      expect(await resolveMany(count, (n) => upTo(count, n + 1, n + 31))).to.have.length(count);
    });
  }

  it("may be 200 that each require all that follow, in two versions", async () => {
    const found = await resolveMany(200, (n) => upTo(200, n + 1, 200), ["1.0.0", "1.1.0"]);
    expect(found).to.have.length(200);
  });

  it("may be 2,000 that share one", async () => {
    const found = await resolveMany(2000, (n) => (n === 0 ? upTo(2000, 1, 2000) : n < 1999 ? [1999] : []));
    expect(found).to.have.length(2000);
  });
});
