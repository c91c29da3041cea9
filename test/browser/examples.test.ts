import { expect } from "chai";
import { createHost, type Grant, type Host, type Isolation, type Unit } from "leasehold";
import { notifications, storage } from "leasehold/services";
import { demos } from "../../examples/units/samples.js";
import { leavesNothing } from "../support/baseline.js";
import { isolations } from "../support/every-isolation.js";
import { rejection } from "../support/rejection.js";

interface Entry {
  name: string;
  version: string;
  manifest: string;
  permissions: Grant;
}

const database = "examples-test";
const catalogUrl = new URL("/examples/catalog.json", location.href);

async function callAll(unit: Unit, isolation: Isolation): Promise<void> {
  const exports = unit.exports as unknown as Record<string, (...args: unknown[]) => Promise<unknown>>;
  for (const { export: name, label, args, result, expect: isRight } of demos.filter(
    (demo) => demo.unit === unit.manifest.name,
  )) {
    const answering = exports[name]!(...args);
    if (result === "view" && isolation === "worker") {
      expect((await rejection(answering)).message).to.include("no view");
      continue;
    }
    const answer = await answering;
    expect(isRight(answer as never), `${unit.id}: ${label} answers ${JSON.stringify(answer)?.slice(0, 300)}`).to.be
      .true;
  }
}

describe("the example units", () => {
  let host: Host;
  let catalog: Entry[];
  before(async () => {
    const services = { storage: storage({ database }), notify: notifications(() => {}, { open: 100 }) };
    host = createHost({ capabilities: services });
    ({ units: catalog } = (await (await fetch(catalogUrl)).json()) as { units: Entry[] });
  });
  after(async () => {
    await host.dispose();
    indexedDB.deleteDatabase(database);
  });
  leavesNothing({ hosts: () => [{ stats: () => ({ ...host.stats() }) }] });

  it("are all in the catalog, and all have something to try", () => {
    const names = new Set(demos.map(({ unit }) => unit as string));
    expect(catalog.map(({ name }) => name).sort()).to.deep.equal([...names].sort());
  });

  for (const isolation of isolations) {
    it(`give the right answers in a ${isolation}`, async () => {
      for (const { name, version, manifest, permissions } of catalog) {
        const unit = await host.load(new URL(manifest, catalogUrl), { isolation, grant: permissions });
        expect(unit.id).to.equal(`${name}@${version}`);
        const view = unit.manifest.view && isolation !== "worker" ? await unit.mount(document.body) : undefined;
        await callAll(unit, isolation);
        view?.unmount();
        const { released, rejectedCalls, finalizerErrors } = await unit.unload();
        expect({ rejectedCalls, finalizerErrors }).to.deep.equal({ rejectedCalls: 0, finalizerErrors: [] });
        expect(released).to.include({ frames: 1, workers: isolation === "worker" ? 1 : 0, ports: 1 });
        expect(released.urls).to.be.above(0);
        expect(host.stats()).to.include({ units: 0, frames: 0, workers: 0, urls: 0, ports: 0, leases: 0 });
      }
    });
  }

  it("run side by side, all at once", async () => {
    const units = await Promise.all(
      catalog.map(({ manifest, permissions }) => host.load(new URL(manifest, catalogUrl), { grant: permissions })),
    );
    await Promise.all(units.map((unit) => callAll(unit, unit.isolation)));
    expect(host.stats()).to.include({ units: units.length, frames: units.length, ports: units.length });
    await Promise.all(units.map((unit) => unit.unload()));
  });
});
