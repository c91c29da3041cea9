import { expect } from "chai";
import type { CatalogStatus } from "leasehold/marketplace";
import { leavesNothing } from "../support/baseline.js";
import { foundTown, next, openShop, serveText, someEntry, type Shop, type Town } from "./marketplace-shop.js";
import { rejection } from "../support/rejection.js";

describe("searching a marketplace", () => {
  leavesNothing();

  let town: Town;
  let shops: Shop[];

  const open = (...args: Parameters<typeof openShop>) => {
    const shop = openShop(...args);
    shops.push(shop);
    return shop;
  };
  const serve = (text: string) => {
    const shop = serveText(text);
    shops.push(shop);
    return shop;
  };

  beforeEach(() => {
    town = foundTown();
    shops = [];
  });
  afterEach(async () => {
    for (const shop of shops) shop.close();
    await town.close();
  });

  it("lists the newest version of each unit, in the catalog's order", async () => {
    const { catalog } = open([
      { name: "zebra", version: "1.2.0" },
      { name: "ant", version: "1.0.0" },
      { name: "zebra", version: "1.10.0" },
    ]);
    const found = await town.open([catalog]).search();
    expect(found.map(({ name, version }) => `${name}@${version}`)).to.deep.equal(["zebra@1.10.0", "ant@1.0.0"]);
  });

  it("finds what has all the words of the query, titles before descriptions", async () => {
    const { catalog } = open([
      { name: "a", title: "Plain text", description: "Reads Markdown." },
      { name: "b", title: "Markdown", description: "Renders text." },
      { name: "c", title: "Charts", description: "Draws." },
    ]);
    const marketplace = town.open([catalog]);
    const names = async (query: string) => (await marketplace.search(query)).map(({ name }) => name);
    expect(await names("markdown")).to.deep.equal(["b", "a"]);
    expect(await names("  TEXT   mark ")).to.have.members(["a", "b"]);
    expect(await names("markdown draws")).to.deep.equal([]);
  });

  it("tells the installed from the rest, and keeps to the limit", async () => {
    const { catalog } = open([{ name: "a" }, { name: "b" }, { name: "c" }]);
    const marketplace = town.open([catalog]);
    await marketplace.install("b");
    const names = async (...args: Parameters<typeof marketplace.search>) =>
      (await marketplace.search(...args)).map(({ name }) => name);
    expect(await names("", { installed: true })).to.deep.equal(["b"]);
    expect(await names("", { installed: false })).to.deep.equal(["a", "c"]);
    expect(await names("", { limit: 2 })).to.deep.equal(["a", "b"]);
  });

  it("makes addresses absolute", async () => {
    const catalog = new URL("/examples/catalog.json", location.href).href;
    const [found] = await town.open(["/examples/catalog.json"]).search("markdown");
    expect(found?.manifest).to.equal(new URL("units/marked/built/unit.json", catalog).href);
  });

  it("gives a name to the first catalog that lists it", async () => {
    const trusted = open([{ name: "echo", version: "1.0.0", publisher: "Trusted" }]);
    const other = open([{ name: "echo", version: "9.0.0", publisher: "Somebody" }, { name: "extra" }]);
    const found = await town.open([trusted.catalog, other.catalog]).search();
    expect(found.map(({ name, publisher }) => [name, publisher])).to.deep.equal([
      ["echo", "Trusted"],
      ["extra", "Tests"],
    ]);
  });

  it("falls back to the last catalog kept when it cannot be reached", async () => {
    const shop = open([{ name: "echo" }]);
    await town.open([shop.catalog]).search();
    shop.close();
    const marketplace = town.open([shop.catalog]);
    const status = next<CatalogStatus>(marketplace, "catalog");
    expect((await marketplace.search()).map(({ name }) => name)).to.deep.equal(["echo"]);
    expect((await status).state).to.equal("kept");
  });

  it("still lists the other catalogs when one is broken, and says so", async () => {
    const good = open([{ name: "echo" }]);
    const bad = serve("{}");
    const marketplace = town.open([bad.catalog, good.catalog]);
    const statuses: CatalogStatus[] = [];
    marketplace.addEventListener("catalog", (event) => statuses.push((event as CustomEvent<CatalogStatus>).detail));
    expect(await marketplace.search()).to.have.length(1);
    expect(statuses.find(({ state }) => state === "failed")?.error?.code).to.equal("catalog-invalid");
  });

  it("rejects with a LoadError when no catalog can be reached and none was kept", async () => {
    const shop = open([]);
    shop.close();
    const error = await rejection(town.open([shop.catalog]).search());
    expect(error).to.include({ name: "LoadError", code: "catalog-unreachable" });
  });

  it("tries an unreachable catalog again at the next search", async () => {
    const marketplace = town.open([new URL("/examples/catalog.json", location.href).href]);
    const { fetch } = globalThis;
    globalThis.fetch = () => Promise.reject(new TypeError("the network is away"));
    try {
      await rejection(marketplace.search());
    } finally {
      globalThis.fetch = fetch;
    }
    expect(await marketplace.search("markdown")).to.have.length(1);
  });

  for (const [what, change, path] of [
    ["a size that is no number", { bytes: "60" }, "units[1].bytes"],
    ["a version that is not semantic", { version: "latest" }, "units[1].version"],
    [
      "an origin that is no text",
      { permissions: { network: ["https://a.example", 7] } },
      "units[1].permissions.network[1]",
    ],
    ["a manifest that is missing", { manifest: undefined }, "units[1].manifest"],
  ] as const) {
    it(`names the path of ${what}`, async () => {
      const { catalog } = serve(JSON.stringify({ units: [someEntry, { ...someEntry, ...change }] }));
      const error = await rejection(town.open([catalog]).search());
      expect(error).to.include({ name: "LoadError", code: "catalog-invalid" });
      expect(error.message).to.contain(`"${path}"`).and.to.contain(catalog);
    });
  }

  it("says so when a catalog is no object at all", async () => {
    const error = await rejection(town.open([serve("[]").catalog]).search());
    expect(error.message).to.contain("units");
  });
});
