import { expect } from "chai";
import type { Permissions } from "leasehold";
import type { ConsentRequest } from "leasehold/marketplace";
import { leavesNothing } from "../support/baseline.js";
import { foundTown, openShop, withStored, type Goods, type Shop, type Town } from "./marketplace-shop.js";
import { rejection } from "../support/rejection.js";

const wish: Permissions = { network: ["https://api.example.com"], features: ["fullscreen"] };

describe("installing from a marketplace", () => {
  leavesNothing();

  let town: Town;
  let shops: Shop[];

  const openWith = (goods: Goods[], options?: Parameters<Town["open"]>[1]) => {
    const shop = openShop(goods);
    shops.push(shop);
    return town.open([shop.catalog], options);
  };
  const expectNothing = async () => {
    for (const store of ["installations", "modules"] as const) {
      expect(await withStored(town.database, store, (records) => records.count())).to.equal(0);
    }
    expect(town.host.stats()).to.include({ units: 0, frames: 0, workers: 0, urls: 0, ports: 0, leases: 0 });
  };

  beforeEach(() => {
    town = foundTown();
    shops = [];
  });
  afterEach(async () => {
    for (const shop of shops) shop.close();
    await town.close();
  });

  it("fetches a unit, keeps it, and loads it", async () => {
    const marketplace = openWith([{ name: "echo" }]);
    const installation = await marketplace.install("echo");
    expect(installation).to.include({ name: "echo", version: "1.0.0", enabled: true });
    const exports = installation.unit?.exports as unknown as { echo(word: string): Promise<string> };
    expect(await exports.echo("hello")).to.equal("hello");
    expect((await marketplace.installed()).map(({ name, unit }) => [name, unit])).to.deep.equal([
      ["echo", installation.unit],
    ]);
  });

  it("installs the version that is asked for", async () => {
    const marketplace = openWith([
      { name: "echo", version: "1.0.0" },
      { name: "echo", version: "2.0.0" },
    ]);
    expect((await marketplace.install("echo", { version: "1.0.0" })).version).to.equal("1.0.0");
  });

  it("tells of the progress, up to the whole", async () => {
    const marketplace = openWith([{ name: "echo" }]);
    const steps: { loaded: number; total: number }[] = [];
    await marketplace.install("echo", { onProgress: (step) => steps.push(step) });
    expect(steps.length).to.be.greaterThan(1);
    expect(steps.every(({ loaded, total }) => loaded <= total)).to.equal(true);
    expect(steps.at(-1)?.loaded).to.equal(steps.at(-1)?.total);
  });

  it("keeps a digest of every module, though the publisher gave none", async () => {
    await openWith([{ name: "echo" }]).install("echo");
    const record = await withStored(town.database, "installations", (records) => records.get("echo"));
    expect(record.manifest.integrity["index.js"]).to.match(/^sha384-/);
  });

  it("refuses a package that is not what its publisher signed, and leaves nothing behind", async () => {
    const marketplace = openWith([{ name: "echo", integrity: { "index.js": `sha384-${"A".repeat(64)}` } }]);
    expect(await rejection(marketplace.install("echo"))).to.include({
      name: "IntegrityError",
      code: "integrity-mismatch",
    });
    await expectNothing();
  });

  it("refuses a package that is not what the catalog promised", async () => {
    const marketplace = openWith([{ name: "echo", version: "1.0.0", promised: { version: "1.0.1" } }]);
    expect(await rejection(marketplace.install("echo"))).to.include({ name: "LoadError", code: "catalog-mismatch" });
    await expectNothing();
  });

  it("leaves nothing behind when the unit does not start", async () => {
    const marketplace = openWith([{ name: "broken", code: "throw new Error('no')" }]);
    await rejection(marketplace.install("broken"));
    await expectNothing();
  });

  it("leaves nothing behind when the package cannot be fetched", async () => {
    const marketplace = openWith([{ name: "echo" }]);
    await marketplace.search();
    shops.forEach((shop) => shop.close());
    expect(await rejection(marketplace.install("echo"))).to.include({ name: "LoadError" });
    await expectNothing();
  });

  it("can be given up, and rejects with the signal's reason", async () => {
    const controller = new AbortController();
    const marketplace = openWith([{ name: "echo" }]);
    const installing = marketplace.install("echo", {
      signal: controller.signal,
      onProgress: () => controller.abort(new Error("not today")),
    });
    expect((await rejection(installing)).message).to.equal("not today");
    await expectNothing();
  });

  it("names what there is when the catalog has no such unit or version", async () => {
    const marketplace = openWith([{ name: "echo" }]);
    expect(await rejection(marketplace.install("ecko"))).to.include({ name: "LoadError", code: "not-in-catalog" });
    expect((await rejection(marketplace.install("echo", { version: "7.0.0" }))).message).to.contain("1.0.0");
  });

  it("loads once when it is asked for twice at once", async () => {
    const marketplace = openWith([{ name: "echo" }]);
    const [one, other] = await Promise.all([marketplace.install("echo"), marketplace.install("echo")]);
    expect(one.unit).to.equal(other.unit);
    expect(town.host.units.size).to.equal(1);
  });

  it("rejects another version beside the one installed", async () => {
    const marketplace = openWith([
      { name: "echo", version: "1.0.0" },
      { name: "echo", version: "2.0.0" },
    ]);
    await marketplace.install("echo", { version: "1.0.0" });
    const error = await rejection(marketplace.install("echo", { version: "2.0.0" }));
    expect(error).to.include({ name: "InvalidStateError", code: "already-installed" });
  });

  describe("consent", () => {
    it("is asked for what the manifest wants, whatever the catalog says", async () => {
      const requests: ConsentRequest[] = [];
      const marketplace = openWith([{ name: "echo", permissions: wish, promised: { permissions: {} } }], {
        consent: (request) => (requests.push(request), {}),
      });
      await marketplace.install("echo");
      expect(requests.map(({ permissions }) => permissions)).to.deep.equal([wish]);
      expect(requests[0]?.entry.permissions).to.deep.equal({});
    });

    it("is not asked for a unit that wants nothing", async () => {
      const marketplace = openWith([{ name: "echo", permissions: { network: [] } }], {
        consent: () => expect.fail("was asked"),
      });
      expect((await marketplace.install("echo")).grant).to.deep.equal({});
    });

    it("grants what is answered and was asked for, and nothing else", async () => {
      const marketplace = openWith([{ name: "echo", permissions: wish }], {
        consent: () => ({ network: ["https://api.example.com", "https://evil.example"] }),
      });
      const { grant, unit } = await marketplace.install("echo");
      expect(grant).to.deep.equal({ network: ["https://api.example.com"] });
      expect(unit?.grant).to.deep.equal(grant);
    });

    it("refused, refuses the install and leaves nothing behind", async () => {
      const marketplace = openWith([{ name: "echo", permissions: wish }], { consent: async () => false as const });
      expect(await rejection(marketplace.install("echo"))).to.include({
        name: "PermissionDeniedError",
        code: "consent-refused",
      });
      await expectNothing();
    });

    it("grants nothing when there is nobody to ask", async () => {
      expect((await openWith([{ name: "echo", permissions: wish }]).install("echo")).grant).to.deep.equal({});
    });
  });
});
