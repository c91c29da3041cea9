import { expect } from "chai";
import { createHost } from "leasehold";
import { createGraph } from "../../bench/linking/graph.js";
import { leavesNothing } from "../support/baseline.js";
import { isolations } from "../support/every-isolation.js";

const SIZE = 200;

describe(`a graph of ${SIZE} units with shared versions`, () => {
  leavesNothing();

  for (const isolation of isolations) {
    it(`is linked into one ${isolation}, each once and in the newest version that suits everybody`, async () => {
      const { root, resolve, linked, total } = createGraph(SIZE);
      const host = createHost({ pool: {}, resolve });
      const unit = await host.load<{ total(): number }>(root, { isolation });
      expect(await unit.exports.total()).to.equal(total);
      const ids = linked.map(({ manifest }) => `${manifest.name}@${manifest.version}`);
      expect([...host.units.keys()].sort()).to.deep.equal(ids.sort());
      expect(host.stats()).to.include({ units: SIZE, frames: 1, ports: 1, urls: 0, leases: SIZE });
      const others = [...host.units.values()].filter((each) => each !== unit);
      await unit.unload();
      await Promise.all(others.map(({ unloaded }) => unloaded));
      expect(host.stats()).to.include({ units: 0, frames: 0, leases: 0 });
      await host.dispose();
    });
  }
});
