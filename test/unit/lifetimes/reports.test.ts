import { expect } from "chai";
import { Collector, Ledger } from "../../../src/lifetime/index.js";
import { FakeUnit } from "./fake-unit.js";
import type { Life } from "./model.js";

const silent = {
  begun() {},
  rejecting() {},
  finalizing() {},
  removing() {},
  changed() {},
  reported() {},
  callEnded() {},
};

/** Books, and units in them that end when they are told to. */
function openBooks(): { ledger: Ledger; load(id: string, life?: Life): FakeUnit } {
  const changed = (): void => collector.changed();
  const ledger = new Ledger({ onTake: () => {}, onRelease: changed, onSettled: changed });
  const collector = new Collector(ledger);
  return { ledger, load: (id, life = "explicit") => new FakeUnit(id, life, ledger, collector, silent) };
}

describe("what is read in a report and released", () => {
  it("is no pin of a permanent unit: what that holds would go under its hands", () => {
    const { ledger, load } = openBooks();
    const unit = load("permanent", "permanent");
    expect(ledger.revoke([unit.pin.id])).to.equal(0);
    expect(unit.account.roots).to.equal(1);
    expect(unit.whyAlive().verdict).to.equal("held");
  });
});
