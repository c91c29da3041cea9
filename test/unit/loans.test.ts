import { expect } from "chai";
import { Ledger, type Lease } from "../../src/lifetime/index.js";
import { reach } from "../../src/lifetime/reach.js";
import { release } from "../../src/remoting/index.js";
import { rejection } from "../support/rejection.js";
import { until } from "../support/until.js";
import { forgetCaptured } from "./hostile/captured-tables.js";
import { PageUnit } from "./lends/page-unit.js";

/** Two units, whose messages arrive as soon as they can. */
async function withUnits(
  body: (one: PageUnit, two: PageUnit, ledger: Ledger) => Promise<void>,
  { onTake = () => {}, areApart = false }: { onTake?: (lease: Lease) => void; areApart?: boolean } = {},
): Promise<void> {
  const [ledger, other] = [0, 1].map(() => new Ledger({ onTake, onRelease() {}, onSettled() {} })) as [Ledger, Ledger];
  const [one, two] = [new PageUnit(0, ledger), new PageUnit(1, areApart ? other : ledger)];
  const timer = setInterval(() => {
    for (const end of [...one.ends, ...two.ends]) while (end.arriving.length > 0) end.deliver();
  });
  try {
    await body(one, two, ledger);
  } finally {
    clearInterval(timer);
    for (const unit of [one, two]) unit.close(() => new Error("the test is over"));
    forgetCaptured();
  }
}

describe("what is lent to another unit", () => {
  it("leaves nothing in any table once that has let go of it", () =>
    withUnits(async (one, two) => {
      const thing = await one.exports.make(1, false);
      await two.exports.keep(1, thing);
      release(thing);
      expect(one.held[0]()).to.include({ imports: 1, loans: 1 });
      await two.exports.drop(1);
      await until("it is let go of", () => one.held[0]().imports === 0);
      expect(one.held[0]()).to.include({ imports: 0, loans: 0 });
    }));

  it("is gone for everybody who gets it from there, once its lease was revoked, and leaves none", () =>
    withUnits(async (one, two, ledger) => {
      const thing = await one.exports.make(1, false);
      await two.exports.keep(1, thing);
      release(thing);
      const { id } = ledger.snapshot().find(({ holder }) => holder === two.account.unit) ?? { id: 0 };
      expect(ledger.revoke([id])).to.equal(1);
      const back = (await two.exports.give(1)) as { read(): Promise<string> };
      expect(await rejection(back.read())).to.include({ name: "InvalidStateError", code: "released" });
      expect(ledger.snapshot().map(({ kind }) => kind)).to.deep.equal(["pin", "pin"]);
    }));

  it("can be lent again when its lease was revoked as soon as somebody heard of it", () => {
    let isStrict = true;
    return withUnits(
      async (one, two) => {
        const thing = await one.exports.make(1, false);
        const refused = two.exports.keep(1, thing) as unknown as Promise<boolean>;
        expect(await rejection(refused)).to.include({ code: "released" });
        isStrict = false;
        await two.exports.keep(2, thing);
        expect(await two.exports.use(2)).to.equal("thing 1");
        await two.exports.drop(2);
        release(thing);
        await until("it is let go of", () => one.held[0]().imports === 0);
        expect(one.held[0]()).to.include({ loans: 0 });
      },
      { onTake: (lease) => isStrict && lease.holder && lease.revoke() },
    );
  });

  it("keeps its unit also where the other one is in other books, and is the page's in these", () =>
    withUnits(
      async (one, two, ledger) => {
        const thing = await one.exports.make(1, false);
        await two.exports.keep(1, thing);
        release(thing);
        expect(reach(ledger.accounts).get(one.account)).to.equal(undefined);
        expect(one.account.roots).to.equal(2);
        expect(ledger.snapshot().map(({ kind, holder }) => `${kind} by ${holder}`)).to.deep.equal([
          "pin by host",
          "instance by host",
        ]);
        two.close(() => new Error("it is gone"));
        expect(one.account.roots).to.equal(1);
      },
      { areApart: true },
    ));

  it("is another thing for each path, whatever its members are called", () =>
    withUnits(async (one, two) => {
      const thing = (await one.exports.make(1, true)) as Record<string, Record<string, unknown>>;
      await two.exports.keep(1, (thing["a"] as Record<string, unknown>)["b"]);
      await two.exports.keep(2, thing["a\nb"]);
      expect(one.held[0]()).to.include({ loans: 2 });
    }));
});
