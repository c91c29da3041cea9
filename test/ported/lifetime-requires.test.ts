import { expect } from "chai";
import { createHost, type Host, type HostOptions, type Unit, type UnitSource } from "leasehold";
import { DISPOSE } from "../../src/dispose.js";
import { inEveryIsolation } from "../support/every-isolation.js";
import { rejection } from "../support/rejection.js";
import { unit } from "../support/requiring.js";

const contract = unit("contract", "export class Shape { area() { return 0; } }", { version: "1.4.0" });
const implementing = (name: string) =>
  unit(
    name,
    `import { Shape } from "contract"; class Own extends Shape { area() { return 4; } }
     export const make = () => new Own(); export const isShape = () => new Own() instanceof Shape;`,
    { requires: { contract: "^1.0.0" } },
  );
interface Implementer {
  make(): { area(): number };
  isShape(): boolean;
}

inEveryIsolation("a context that resolves what its units require", ({ isolation }) => {
  async function withHost(resolve: HostOptions["resolve"], body: (host: Host) => Promise<void>): Promise<void> {
    const host = createHost({ pool: {}, ...(resolve && { resolve }) });
    await body(host).finally(() => host.dispose());
    expect(host.stats()).to.include({ units: 0, frames: 0, workers: 0, urls: 0, ports: 0, leases: 0 });
  }
  const load = (host: Host, name: string): Promise<Unit<Implementer>> =>
    host.load<Implementer>(implementing(name), { isolation });

  it("keeps a contract that two of them require while either lives, and then all of it is gone", () =>
    withHost(
      () => contract,
      async (host) => {
        const [one, two] = [await load(host, "one"), await load(host, "two")];
        const shared = host.units.get("contract@1.4.0") as Unit;
        const shape = await two.exports.make();
        expect(await one.exports.isShape()).to.equal(true);
        await one.unload();
        expect(shared.state).to.equal("active");
        const going = two.unload();
        expect(await shape.area()).to.equal(4);
        expect(shared.state).to.equal("active");
        shape[DISPOSE]();
        await going;
        expect(await shared.unloaded).to.include({ reason: "collected" });
        expect(host.stats()).to.include({ units: 0, leases: 0 });
      },
    ));

  it("falls back to the host's own copy, the highest in the range, where nothing is resolved", async () => {
    for (const resolve of [undefined, () => undefined, async () => undefined]) {
      await withHost(resolve, async (host) => {
        for (const version of ["1.0.0", "1.3.0", "2.0.0"])
          await host.load({ ...contract, manifest: { ...contract.manifest, version } }, { isolation });
        const user = await load(host, "one");
        expect(await user.exports.isShape()).to.equal(true);
        const ids = [...host.units.values()].filter((each) => String(each.whyAlive()).includes("one@1.0.0 requires"));
        expect(ids.map(({ id }) => id)).to.deep.equal(["contract@1.3.0"]);
        expect(host.units.size).to.equal(4);
      });
    }
  });

  it("refuses a foreign object that it is given by the resolver, by an error that names who asked", () =>
    withHost(
      () => document.createElement("div") as unknown as UnitSource,
      async (host) => {
        const error = await rejection(load(host, "one"));
        expect(error).to.include({ name: "InvalidStateError", code: "source-unknown", unit: "contract" });
        expect(error.message).to.include("one@1.0.0 requires contract ^1.0.0");
        expect(host.units.size).to.equal(0);
      },
    ));
});
