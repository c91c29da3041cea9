import { expect } from "chai";
import { Ledger, Report, type Account } from "../../../src/lifetime/index.js";
import { Random } from "../model/random.js";
import { Model, type ModelLease, type ModelUnit } from "./model.js";
import { frees, leastReleases } from "./releases.js";

const SEED = 20_261_125;
const GRAPHS = 5000;

/** Units of which a few are held by the page, and hold each other by one or two leases here and there. */
function randomGraph(random: Random): { ledger: Ledger; model: Model; accounts: Account[]; leases: ModelLease[] } {
  const ledger = new Ledger({ onTake() {}, onRelease() {}, onSettled() {} });
  const model = new Model();
  const accounts = Array.from({ length: 7 }, (_, index) => ledger.open(`unit${index}`));
  model.units = accounts.map(({ unit: id }) => ({ id, life: "auto", stage: "active" }) as ModelUnit);
  /** By id. */
  const leases: ModelLease[] = [];
  const hold = (on: number, by: number | undefined): void => {
    for (let times = random.one([1, 1, 1, 2, 3]); times > 0; times--) {
      const holder = by === undefined ? undefined : accounts[by];
      const lease = accounts[on]?.take({ kind: "instance", label: "Point", holder });
      const entry = { kind: "instance", on: model.units[on], by: by === undefined ? by : model.units[by] };
      if (lease) leases[lease.id] = { ...entry, isCall: false, isTracked: false, isCollected: false } as ModelLease;
    }
  };
  for (const on of accounts.keys()) {
    if (random.happens(30)) hold(on, undefined);
    for (const by of accounts.keys()) if (by !== on && random.happens(30)) hold(on, by);
  }
  model.leases = leases.flat();
  return { ledger, model, accounts, leases };
}

describe("the smallest set of leases to release", () => {
  it("is one, in any graph", () => {
    for (let index = 0; index < GRAPHS; index++) {
      const { ledger, model, accounts, leases } = randomGraph(new Random(SEED + index));
      const [unit] = model.units as [ModelUnit];
      const { release, verdict } = new Report(accounts[0] as Account, ledger, { state: "active", isWilling: true });
      const what = `seed ${SEED}, graph ${index}`;
      expect(verdict, what).to.equal(model.reached().has(unit) ? "held" : "awaiting-collection");
      if (verdict !== "held") continue;
      expect(release.length, what).to.equal(leastReleases(model, unit));
      expect(
        frees(
          model,
          unit,
          release.map((id) => leases[id] as ModelLease),
        ),
        what,
      ).to.equal(true);
    }
  });
});
