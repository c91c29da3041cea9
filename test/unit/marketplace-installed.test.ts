import { expect } from "chai";
import type { Unit } from "leasehold";
import type { Marketplace } from "leasehold/marketplace";
import { leavesNothing } from "../support/baseline.js";
import { foundTown, next, openShop, withStored, type Shop, type Town } from "./marketplace-shop.js";
import { rejection } from "../support/rejection.js";

interface Echo {
  echo(word: string): Promise<string>;
  never(): Promise<void>;
}

const code = `
  export const echo = (word) => word;
  export const never = () => new Promise(() => {});
`;

describe("units installed from a marketplace", () => {
  leavesNothing();

  let town: Town;
  let shop: Shop;
  let marketplace: Marketplace;

  const only = async () => {
    const [installation] = await marketplace.installed();
    if (!installation) throw new Error("Nothing is installed.");
    return installation;
  };
  /** The page is loaded again, and this time there is no network. */
  const reloadOffline = async () => {
    await town.reload();
    shop.close();
    marketplace = town.open([shop.catalog]);
  };
  const exportsOf = (unit: Unit | undefined) => unit?.exports as unknown as Echo;

  beforeEach(async () => {
    town = foundTown();
    shop = openShop([{ name: "echo", title: "Echo", code }]);
    marketplace = town.open([shop.catalog]);
    await marketplace.install("echo");
  });
  afterEach(async () => {
    shop.close();
    await town.close();
  });

  it("load again over a reload, with no network", async () => {
    await reloadOffline();
    const { enabled, unit } = await only();
    expect(enabled).to.equal(true);
    expect(await exportsOf(unit).echo("still here")).to.equal("still here");
  });

  it("stay off over a reload when they were disabled, and can be enabled with no network", async () => {
    await marketplace.disable("echo");
    await reloadOffline();
    expect((await only()).enabled).to.equal(false);
    expect(town.host.units.size).to.equal(0);
    await marketplace.enable("echo");
    expect(await exportsOf((await only()).unit).echo("back")).to.equal("back");
  });

  it("are unloaded when disabled, and keep their package", async () => {
    const { unit } = await only();
    await marketplace.disable("echo");
    expect(unit?.state).to.equal("unloaded");
    expect(await only())
      .to.include({ enabled: false })
      .and.not.to.have.property("unit");
    expect(town.host.stats()).to.include({ units: 0, workers: 0, frames: 0, urls: 0, ports: 0, leases: 0 });
  });

  it("are loaded once, however often they are enabled", async () => {
    const { unit } = await only();
    await Promise.all([marketplace.enable("echo"), marketplace.enable("echo")]);
    expect((await only()).unit).to.equal(unit);
  });

  it("move when enabled elsewhere, and come back there over a reload", async () => {
    await marketplace.enable("echo", { isolation: "frame" });
    expect((await only()).unit?.isolation).to.equal("frame");
    expect(town.host.units.size).to.equal(1);
    await reloadOffline();
    expect((await only()).unit?.isolation).to.equal("frame");
  });

  it("stay where they are when they cannot be moved", async () => {
    const { unit } = await only();
    await withStored(town.database, "modules", (modules) => modules.put({ "index.js": "" }, "echo"));
    await rejection(marketplace.enable("echo", { isolation: "frame" }));
    expect((await only()).unit).to.equal(unit);
    expect(await exportsOf(unit).echo("still here")).to.equal("still here");
  });

  it("are forgotten when uninstalled, and give their receipt", async () => {
    const { unit } = await only();
    const receipt = await marketplace.uninstall("echo");
    expect(receipt).to.equal(await unit?.unloaded);
    expect(await marketplace.installed()).to.deep.equal([]);
    for (const store of ["installations", "modules"] as const) {
      expect(await withStored(town.database, store, (records) => records.count())).to.equal(0);
    }
  });

  it("give no receipt when they were not loaded, or not installed", async () => {
    await marketplace.disable("echo");
    expect(await marketplace.uninstall("echo")).to.equal(undefined);
    expect(await marketplace.uninstall("echo")).to.equal(undefined);
  });

  it("can be uninstalled by force while a call is running", async () => {
    const { unit } = await only();
    const pending = rejection(exportsOf(unit).never());
    const receipt = await marketplace.uninstall("echo", { mode: "force" });
    expect(receipt?.reason).to.equal("forced");
    expect((await pending).name).to.equal("DomainUnloadedError");
  });

  it("go by force, though an unload that waits came first", async () => {
    const { unit } = await only();
    const pending = rejection(exportsOf(unit).never());
    const waiting = marketplace.disable("echo");
    await marketplace.disable("echo", { mode: "force" });
    await waiting;
    expect(unit?.state).to.equal("unloaded");
    expect((await pending).name).to.equal("DomainUnloadedError");
  });

  it("are disabled for the next page even while something holds them in this one", async () => {
    const { unit } = await only();
    const pending = rejection(exportsOf(unit).never());
    const error = await rejection(marketplace.disable("echo", { deadline: 20 }));
    expect(error.name).to.equal("UnloadBlockedError");
    expect((await only()).enabled).to.equal(false);
    await unit?.unload({ mode: "force" });
    await pending;
  });

  it("stay as they were when they cannot be enabled", async () => {
    await marketplace.disable("echo");
    await withStored(town.database, "modules", (modules) => modules.put({ "index.js": "" }, "echo"));
    expect(await rejection(marketplace.enable("echo", { isolation: "frame" }))).to.include({ name: "IntegrityError" });
    expect(await only())
      .to.include({ enabled: false })
      .and.not.to.have.property("isolation");
    expect(town.host.stats()).to.include({ units: 0, frames: 0, urls: 0 });
  });

  it("are checked against what was signed at every load", async () => {
    await withStored(town.database, "modules", (modules) =>
      modules.put({ "index.js": "export const echo = () => 'evil'" }, "echo"),
    );
    await town.reload();
    marketplace = town.open([shop.catalog]);
    const failure = await next<{ name: string; error: Error }>(marketplace, "failure");
    expect(failure).to.have.property("name", "echo");
    expect(failure.error).to.include({ name: "IntegrityError" });
    expect((await only()).unit).to.equal(undefined);
  });

  it("tell of every change", async () => {
    const changes: string[] = [];
    marketplace.addEventListener("change", (event) =>
      changes.push((event as CustomEvent<{ name: string }>).detail.name),
    );
    await marketplace.disable("echo");
    expect(changes).not.to.have.length(0);
    changes.length = 0;
    await marketplace.enable("echo");
    expect(changes).not.to.have.length(0);
    changes.length = 0;
    await marketplace.uninstall("echo");
    expect(changes).not.to.have.length(0);
  });

  it("are without a unit once that was unloaded by somebody else", async () => {
    const { unit } = await only();
    const change = next(marketplace, "change");
    await unit?.unload();
    await change;
    expect((await only()).unit).to.equal(undefined);
  });

  it("cannot be enabled or disabled before they are installed", async () => {
    for (const attempt of [marketplace.enable("other"), marketplace.disable("other")]) {
      expect(await rejection(attempt)).to.include({ name: "InvalidStateError", code: "not-installed" });
    }
  });

  it("leave other marketplaces and hosts alone", async () => {
    const other = town.open([shop.catalog], { database: `${town.database}-other` });
    expect(await other.installed()).to.deep.equal([]);
    indexedDB.deleteDatabase(`${town.database}-other`);
  });
});
