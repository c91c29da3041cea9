import { expect } from "chai";
import { LeasedCollection } from "../../src/host/remote-collection.js";
import type { Account } from "../../src/lifetime/index.js";
import type { Remote } from "../../src/remoting/index.js";
import { failureOf, openAccount, openLedger } from "../support/account.js";
import { collectUntil } from "../support/collect.js";

interface Point {
  length(): number;
}

const owners = new WeakMap<object, Account>();
const accountOf = (value: unknown): Account | undefined => owners.get(value as object);

/** What a collection takes for a remote of a unit. */
function itemOf(account: Account): Remote<Point> {
  const item = {};
  owners.set(item, account);
  return item as Remote<Point>;
}

describe("a collection of a unit's things", () => {
  it("keeps the unit loaded from when it is made, while it is empty too, until it is released", () => {
    const { account, leases, ledger } = openAccount();
    const collection = new LeasedCollection<Point>(account, "Point", accountOf);
    expect(leases()).to.deep.equal(["collection Point"]);
    expect(ledger.snapshot()[0]).to.deep.include({ path: ["host", "Point"], holder: "host" });
    expect(ledger.snapshot()[0]?.site).to.include("remote-collection.test");
    const item = itemOf(account);
    collection.add(item).delete(item);
    expect(leases()).to.deep.equal(["collection Point"]);
    collection.release();
    collection.release();
    expect(leases()).to.deep.equal([]);
    expect(account.released).to.equal(1);
  });

  it("has each thing once, in order", () => {
    const { account } = openAccount();
    using collection = new LeasedCollection<Point>(account, "Point", accountOf);
    const [one, other] = [itemOf(account), itemOf(account)];
    collection.add(one).add(other).add(one);
    expect(collection.size).to.equal(2);
    expect([...collection]).to.deep.equal([one, other]);
    expect([collection.delete(one), collection.delete(one)]).to.deep.equal([true, false]);
    expect([...collection]).to.deep.equal([other]);
  });

  it("takes remotes only", () => {
    const { account } = openAccount();
    using collection = new LeasedCollection<Point>(account, "Point", accountOf);
    for (const value of [{}, () => {}, 1, undefined, null, "Point", Promise.resolve()]) {
      const error = failureOf(() => collection.add(value as never));
      expect(error).to.include({ name: "DataError", code: "not-a-remote" });
    }
    expect(collection.size).to.equal(0);
  });

  it("is empty, and takes nothing, when it is released", () => {
    const { account } = openAccount();
    const collection = new LeasedCollection<Point>(account, "Point", accountOf);
    const item = itemOf(account);
    collection.add(item);
    collection.release();
    expect([collection.size, [...collection], collection.delete(item)]).to.deep.equal([0, [], false]);
    expect(failureOf(() => collection.add(item))).to.include({ name: "InvalidStateError", code: "released" });
  });

  it("lets go at the end of a block", () => {
    const { account, leases } = openAccount();
    {
      using collection = new LeasedCollection<Point>(account, "Point", accountOf);
      expect(collection.size).to.equal(0);
    }
    expect(leases()).to.deep.equal([]);
  });
});

describe("a collection with things of another unit", () => {
  const setUp = () => {
    const ledger = openLedger();
    const [definer, other] = [openAccount("sample@1.0.0", ledger), openAccount("chart@2.1.0", ledger)];
    return { ledger, definer, other, collection: new LeasedCollection<Point>(definer.account, "Point", accountOf) };
  };

  it("keeps that one loaded too, by one lease, until the last of them is out", () => {
    const { definer, other, collection } = setUp();
    const items = [itemOf(other.account), itemOf(other.account), itemOf(definer.account)];
    for (const item of items) collection.add(item);
    expect(other.leases()).to.deep.equal(["collection Point of sample@1.0.0"]);
    expect(definer.leases()).to.deep.equal(["collection Point"]);
    collection.delete(items[0]!);
    expect(other.leases()).to.have.length(1);
    collection.delete(items[1]!);
    expect(other.leases()).to.deep.equal([]);
    collection.add(items[1]!);
    expect(other.leases()).to.have.length(1);
    collection.release();
    expect([...other.leases(), ...definer.leases()]).to.deep.equal([]);
  });

  it("loses those things when that lease is revoked, and everything when its own is", () => {
    const { ledger, definer, other, collection } = setUp();
    const own = itemOf(definer.account);
    collection.add(itemOf(other.account)).add(own).add(itemOf(other.account));
    ledger.revoke([...other.account.leases].map(({ id }) => id));
    expect([...collection]).to.deep.equal([own]);
    collection.add(itemOf(other.account));
    ledger.revoke([...definer.account.leases].map(({ id }) => id));
    expect(collection.size).to.equal(0);
    expect(ledger.size).to.equal(0);
    expect(failureOf(() => collection.add(own))).to.include({ code: "released" });
  });

  it("outlives that unit", () => {
    const { ledger, definer, other, collection } = setUp();
    const item = itemOf(other.account);
    collection.add(item);
    ledger.close(other.account);
    expect(definer.leases()).to.deep.equal(["collection Point"]);
    expect(collection.delete(item)).to.equal(true);
    collection.release();
    expect(ledger.size).to.equal(0);
  });
});

describe("a collection that was dropped", () => {
  it("lets go when it is collected as garbage", async () => {
    const { account, leases, ledger } = openAccount();
    const other = openAccount("chart@2.1.0", ledger);
    (() => {
      new LeasedCollection<Point>(account, "Point", accountOf).add(itemOf(account)).add(itemOf(other.account));
    })();
    expect(leases()).to.have.length(1);
    await collectUntil("its leases are released", () => ledger.size === 0);
  });

  it("holds while somebody has it", async () => {
    const { account, leases } = openAccount();
    const collection = new LeasedCollection<Point>(account, "Point", accountOf);
    let isCollected = false;
    const registry = new FinalizationRegistry<void>(() => void (isCollected = true));
    (() => registry.register({}, undefined))();
    await collectUntil("garbage is collected", () => isCollected);
    expect(leases()).to.deep.equal(["collection Point"]);
    collection.release();
  });

  it("may be released as its lease is being taken", () => {
    const ledger = openLedger({ onTake: (lease) => lease.revoke() });
    const { account } = openAccount("sample@1.0.0", ledger);
    const collection = new LeasedCollection<Point>(account, "Point", accountOf);
    expect(ledger.size).to.equal(0);
    expect(failureOf(() => collection.add(itemOf(account)))).to.include({ code: "released" });
  });
});
