import { expect } from "chai";
import { perUnit } from "leasehold";
import type { Marketplace } from "leasehold/marketplace";
import { leavesNothing } from "../support/baseline.js";
import { rejection } from "../support/rejection.js";
import { foundTown, openShop, type Shop, type Town } from "./marketplace-shop.js";

const code = `
  export const echo = (word) => word;
  export const never = () => new Promise(() => {});
`;

describe("what services keep for a unit of a marketplace", () => {
  leavesNothing();

  let town: Town;
  let shop: Shop;
  let marketplace: Marketplace;
  /** What was forgotten, with how many units there were then. */
  let forgotten: [name: string, units: number][];
  let refusal: Error | undefined;

  beforeEach(async () => {
    forgotten = [];
    refusal = undefined;
    const drawer = perUnit(() => ({}), {
      async forget(name) {
        if (refusal) throw refusal;
        forgotten.push([name, town.host.units.size]);
      },
    });
    town = foundTown({ capabilities: { drawer } });
    shop = openShop([
      { name: "echo", code },
      { name: "other", code },
    ]);
    marketplace = town.open([shop.catalog]);
    await marketplace.install("echo");
  });
  afterEach(async () => {
    shop.close();
    await town.close();
  });

  it("is forgotten once the unit is uninstalled and has gone, and not before", async () => {
    await marketplace.disable("echo");
    await marketplace.enable("echo");
    expect(forgotten).to.deep.equal([]);
    await marketplace.uninstall("echo");
    expect(forgotten).to.deep.equal([["echo", 0]]);
  });

  it("is forgotten of a unit that was off, and of none that was not installed", async () => {
    await marketplace.disable("echo");
    await marketplace.uninstall("other");
    await marketplace.uninstall("echo");
    expect(forgotten).to.deep.equal([["echo", 0]]);
  });

  it("stays while something holds the unit, which stays installed", async () => {
    const [installation] = await marketplace.installed();
    const { never } = installation!.unit!.exports as unknown as { never(): Promise<void> };
    const pending = rejection(never());
    expect(await rejection(marketplace.uninstall("echo", { deadline: 20 }))).to.include({ name: "UnloadBlockedError" });
    expect(forgotten).to.deep.equal([]);
    await marketplace.uninstall("echo", { mode: "force" });
    await pending;
    expect(forgotten).to.deep.equal([["echo", 0]]);
  });

  it("that cannot be forgotten keeps the unit installed, to be uninstalled again", async () => {
    refusal = new RangeError("The drawer is stuck.");
    const error = (await rejection(marketplace.uninstall("echo"))) as unknown as AggregateError;
    expect(error.errors).to.deep.equal([refusal]);
    expect(await marketplace.installed()).to.have.length(1);
    await marketplace.enable("echo");
    refusal = undefined;
    await marketplace.uninstall("echo");
    expect(forgotten).to.deep.equal([["echo", 0]]);
    expect(await marketplace.installed()).to.deep.equal([]);
  });
});
