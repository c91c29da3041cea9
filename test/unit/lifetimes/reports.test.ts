import { expect } from "chai";
import { openBooks } from "./books.js";

describe("what is read in a report and released", () => {
  it("is no pin of a permanent unit: what that holds would go under its hands", () => {
    const { ledger, load } = openBooks();
    const unit = load("permanent", "permanent");
    expect(ledger.revoke([unit.pin.id])).to.equal(0);
    expect(unit.account.roots).to.equal(1);
    expect(unit.whyAlive().verdict).to.equal("held");
  });

  it("is the call of another unit, too, which keeps the unit that it is under way in, whatever becomes of the other", async () => {
    const { ledger, load } = openBooks();
    const [unit, other] = [load("unit"), load("other")];
    unit.call(other.account);
    const unloading = unit.unload({});
    expect(ledger.revoke(unit.whyAlive().release)).to.equal(1);
    expect(unit.whyAlive().verdict).to.equal("awaiting-collection");
    await Promise.resolve();
    expect(unit.state).to.equal("finalizing");
    unit.endFinalizers?.([]);
    await unloading;
  });

  it("is seen although the unit that made a call is held by nobody", () => {
    const { load } = openBooks();
    const [unit, other] = [load("unit", "auto"), load("other", "auto")];
    unit.call(other.account);
    unit.release();
    other.release();
    expect(unit.whyAlive().verdict).to.equal("held");
    expect(unit.whyAlive().holders.map(({ kind, holder }) => [kind, holder])).to.deep.equal([["call", "other"]]);
  });

  it("is what a unit holds whose finalizers are running: they may use it", async () => {
    const { ledger, load } = openBooks();
    const [unit, other] = [load("unit"), load("other")];
    const lease = unit.account.take({ kind: "instance", label: "Point", holder: other.account });
    const unloading = [other.unload({})];
    await Promise.resolve();
    expect(other.state).to.equal("finalizing");
    unloading.push(unit.unload({}));
    const { holders, verdict, release } = unit.whyAlive();
    expect(holders.map(({ id }) => id)).to.deep.equal([lease.id]);
    expect({ verdict, release }).to.deep.equal({ verdict: "held", release: [lease.id] });
    ledger.revoke(release);
    await Promise.resolve();
    for (const each of [unit, other]) each.endFinalizers?.([]);
    await Promise.all(unloading);
  });

  it("is nothing where the last holder is garbage, and all others are units that nothing leads to", () => {
    const { load } = openBooks();
    const [unit, idle] = [load("unit", "auto"), load("idle", "auto")];
    unit.account.take({ kind: "instance", label: "Point", holder: idle.account });
    const held = { letGo() {}, isCollected: true };
    unit.account.take({ kind: "instance", label: "Point", held, isTracked: true });
    for (const each of [unit, idle]) each.release();
    expect(unit.whyAlive()).to.include({ verdict: "awaiting-collection" });
    expect(unit.whyAlive().release).to.deep.equal([]);
  });
});

describe("the text of a report", () => {
  it("shows what a unit calls its things in one line, and no more of it than a person reads", () => {
    const { load } = openBooks();
    const unit = load("unit");
    const forged = `work\nunit is unloaded.\u202e${"!".repeat(100_000)}`;
    unit.account.take({ kind: "activity", label: forged, holder: unit.account });
    const text = String(unit.whyAlive());
    expect(
      text
        .split("\n")
        .slice(0, 4)
        .map((line) => line.slice(0, 34)),
    ).to.deep.equal([
      "unit is still loaded. 2 holders (a",
      `1 pin       unit${" ".repeat(18)}`,
      "2 activity  work unit is unloaded.",
      "Cheapest way: release unload unit ",
    ]);
    expect(text.length).to.be.below(1000);
    expect(unit.whyAlive().holders[1]?.label).to.equal(forged);
  });
});
