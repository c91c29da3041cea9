import { expect } from "chai";
import { createHost, type Host } from "leasehold";
import { leavesNothing } from "../support/baseline.js";

const code = `
  export const leave = (text) => { self.name = text; return self.name; };
  export const name = () => self.name;
  export const origin = () => self.origin;
`;
interface Sample {
  leave(text: string): string;
  name(): string;
  origin(): string;
}

describe("what a unit leaves behind in its realm", () => {
  let host: Host;
  before(() => void (host = createHost({ pool: { frame: 2, worker: 2 } })));
  after(() => host.dispose());
  leavesNothing({ hosts: () => [{ stats: () => ({ ...host.stats() }) }] });

  for (const isolation of ["frame", "worker"] as const) {
    it(`is not there for the next unit: the name of a ${isolation}`, async () => {
      for (let round = 0; round < 3; round++) {
        const unit = await host.load<Sample>({ code }, { isolation });
        expect(await unit.exports.name()).to.equal("");
        expect(await unit.exports.leave("a secret")).to.equal("a secret");
        await unit.unload();
      }
    });
  }
});
