import { expect } from "chai";
import type { Account, LeaseKind } from "../../../src/lifetime/index.js";
import { Random } from "../model/random.js";
import { microtasks } from "../model/tasks.js";
import { openBooks } from "./books.js";
import type { FakeUnit } from "./fake-unit.js";
import { KINDS } from "./operations.js";

const SEED = 20_261_123;
const ORDERS = 200;

/** What ends a lease, or a call, on a unit. */
type End = () => void;

/** A lease of a kind, and a call, for each one who may hold them: the page, the unit itself, another unit. */
function holdInEveryWay(unit: FakeUnit, other: FakeUnit): [label: string, end: End][] {
  const holders: [string, Account | undefined][] = [
    ["the page", undefined],
    ["itself", unit.account],
    ["another", other.account],
  ];
  return holders.flatMap(([name, holder]) => {
    const call = unit.call(holder);
    return [
      [`a call of ${name}`, () => unit.endCall(call)] as [string, End],
      ...(["pin", ...KINDS] as LeaseKind[]).map((kind, index): [string, End] => {
        const lease = unit.account.take({ kind, label: kind, holder, isTracked: index % 2 === 0 });
        return [`${kind} of ${name}`, () => lease.release()];
      }),
    ];
  });
}

describe("any one lease, of whatever kind and whoever holds it,", () => {
  it("is enough: in whatever order they are released, the unit goes with the last", async () => {
    for (let index = 0; index < ORDERS; index++) {
      const random = new Random(SEED + index);
      const { load } = openBooks();
      const [unit, other] = [load("unit"), load("other")];
      const ways = holdInEveryWay(unit, other);
      const unloading = unit.unload({ deadline: Infinity });
      let last = "nothing";
      while (ways.length > 0) {
        if (random.happens(20) || ways.length === 1) await microtasks();
        expect(unit.state, `seed ${SEED}, order ${index}, after ${last}`).to.equal("unloading");
        expect(unit.whyAlive().holders).to.have.length(ways.length);
        const [[label, end]] = ways.splice(random.below(ways.length), 1) as [[string, End]];
        last = label;
        end();
      }
      await microtasks();
      expect(unit.state, `seed ${SEED}, order ${index}, after ${last}`).to.equal("finalizing");
      unit.endFinalizers?.([]);
      expect((await unloading).released.leases).to.equal(1 + 3 * (KINDS.length + 1));
    }
  });
});
