import { expect } from "chai";
import { createHost, type Grant, type Unit } from "leasehold";
import { rejection } from "../support/rejection.js";
import { among, requiring, unit } from "../support/requiring.js";

const lib = unit("lib", "export const value = 1;");
const app = unit("app", `import "lib";`, { requires: { lib: "^1.0.0" } });

requiring("a unit that runs in the domains of others alone", ({ host, isolation, resolve, load }) => {
  async function withLib(body: (required: Unit<{ value: number }>) => unknown): Promise<void> {
    resolve(among(lib));
    const user = await load(app);
    await body(host().units.get("lib@1.0.0") as Unit<{ value: number }>);
    await user.unload();
  }

  it("has no exports, nor anything else that would need a domain, and says what to do", () =>
    withLib(async (required) => {
      const container = document.createElement("div");
      for (const attempt of [
        () => required.exports.value,
        () => required.chunk((exports) => exports.value),
        () => required.inside(() => 1),
        () => required.compile([], "return 1;"),
        () => required.handle("value"),
        () => required.binding("value"),
        () => required.reflect(),
        () => required.mount(container),
        async () => required.collectionOf("value"),
      ]) {
        const error = await rejection(attempt() as Promise<unknown>);
        expect(error, String(attempt)).to.include({ name: "InvalidStateError", code: "no-domain", unit: "lib@1.0.0" });
        expect(error.message).to.include("Load it");
      }
    }));

  it("is a unit as any other in the host's books, without frame, worker, URL or port", () =>
    withLib((required) => {
      expect(required).to.include({ id: "lib@1.0.0", state: "active", collectible: "auto" });
      expect(required.manifest).to.deep.equal(lib.manifest);
      expect(host().stats()).to.include({ units: 2, frames: 1, ports: 1, leases: 2 });
      expect(
        host()
          .snapshot()
          .units.map(({ id, leases, pending }) => [id, leases, pending]),
      ).to.have.deep.members([
        ["app@1.0.0", 1, 0],
        ["lib@1.0.0", 1, 0],
      ]);
    }));

  it("says whom it is alive for", () =>
    withLib((required) => {
      const report = required.whyAlive();
      expect(report).to.include({ unit: "lib@1.0.0", state: "active", verdict: "held" });
      expect(String(report))
        .to.match(/^lib@1\.0\.0 is .*1 holder/)
        .and.include("app@1.0.0 requires lib ^1.0.0");
      const [pin] = host().units.get("app@1.0.0")!.whyAlive().holders;
      expect(report.release).to.deep.equal([pin!.id]);
    }));

  it("is not the page's to let go of, and goes only with those that require it", () =>
    withLib(async (required) => {
      required.release();
      const error = await rejection(required.unload({ deadline: 0 }));
      expect(error.name).to.equal("UnloadBlockedError");
      expect(host().units.get("app@1.0.0")!.state).to.equal("active");
    }));

  it("takes those that require it along, where it is ended by force, and gives no frame back", () =>
    withLib(async (required) => {
      const receipt = await required.unload({ mode: "force" });
      expect(receipt).to.include({ reason: "forced", rejectedCalls: 0 });
      expect(receipt.released).to.include({ frames: 0, workers: 0, urls: 0, ports: 0 });
      expect(required.state).to.equal("unloaded");
      expect(host().units.size).to.equal(0);
      expect(await rejection(required.exports.value as unknown as Promise<void>)).to.include({
        name: "DomainUnloadedError",
      });
    }));

  it("can be loaded by the page as well, for a domain of its own", () =>
    withLib(async (required) => {
      const own = await load<{ value: number }>(lib);
      expect(own.id).to.equal("lib@1.0.0#2");
      expect(await own.exports.value).to.equal(1);
      await own.unload();
      expect(required.state).to.equal("active");
    }));

  it("may do of what it wishes for no more than those that require it may, three deep", async () => {
    const network = (...names: string[]): Grant => ({ network: names.map((name) => `https://${name}.example`) });
    resolve(
      among(
        unit("mid", "", { requires: { base: "1" }, permissions: network("a", "c", "d") }),
        unit("base", "", { permissions: network("a", "b", "c", "d") }),
      ),
    );
    const first = await load(unit("one", "", { requires: { mid: "1" }, permissions: network("a", "b", "d") }), {
      grant: network("a", "b", "c"),
    });
    const grant = (id: string): string[] => [...(host().units.get(id)?.grant.network ?? [])].toSorted();
    expect(first.grant).to.deep.equal(network("a", "b"));
    expect(grant("mid@1.0.0")).to.deep.equal(["https://a.example"]);
    expect(grant("base@1.0.0")).to.deep.equal(["https://a.example"]);
    const second = await load(unit("two", "", { requires: { base: "1" }, permissions: network("b", "d") }), {
      grant: network("b"),
    });
    expect(grant("base@1.0.0")).to.deep.equal(["https://a.example", "https://b.example"]);
    await first.unload();
    expect(grant("base@1.0.0")).to.deep.equal(["https://b.example"]);
    await second.unload();
  });

  it("gets no network where the unit that is loaded has none", async () => {
    const { origin } = location;
    const code = `export const reach = () => fetch("${origin}/package.json", { mode: "no-cors" }).then(() => "reached", (error) => error.name);`;
    const permissions = { network: [origin] };
    resolve(among(unit("lib", code, { permissions })));
    const user = await load<{ reach(): string }>(unit("app", `export * from "lib";`, { requires: { lib: "1" } }), {
      grant: permissions,
    });
    expect(user.grant.network ?? []).to.deep.equal([]);
    expect(host().units.get("lib@1.0.0")!.grant.network ?? []).to.deep.equal([]);
    if (isolation !== "realm") expect(await user.exports.reach()).to.equal("TypeError");
    await user.unload();
  });

  it("was required where the load was asked for, of a host with diagnostics", async () => {
    const own = createHost({ pool: {}, resolve: among(lib), diagnostics: true });
    const user = await own.load(app, { isolation });
    const [pin] = user.whyAlive().holders;
    const [lease] = own.units.get("lib@1.0.0")!.whyAlive().holders;
    expect(pin!.site).to.include("requires-without-domain");
    expect(lease!.site).to.equal(pin!.site);
    await own.dispose();
  });

  it("goes with its host, which ends those that require it first", async () => {
    const own = createHost({ pool: {}, resolve: among(lib) });
    const order: string[] = [];
    own.addEventListener("unload", (event) => order.push((event as CustomEvent<{ unit: Unit }>).detail.unit.id));
    await own.load(app, { isolation });
    await own.load(unit("solo", "", { requires: { lib: "1" } }), { isolation, collectible: "auto" });
    await own.dispose();
    expect(order.at(-1)).to.equal("lib@1.0.0");
    expect(order).to.have.length(3);
    expect(own.stats()).to.include({ units: 0, frames: 0, ports: 0, leases: 0 });
  });
});
