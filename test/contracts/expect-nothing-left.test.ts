import { expect } from "chai";
import { createHost, expectNothingLeft, release, type Unit } from "leasehold";
import { inEveryIsolation } from "../support/every-isolation.js";
import { rejection } from "../support/rejection.js";
import { keeperCode, type Keeper } from "../support/units.js";

inEveryIsolation("a block in which nothing is to be left", ({ isolation, host, load, use }) => {
  it("gives back what it returns, where it leaves nothing", async () => {
    const result = await expectNothingLeft(host(), async () => {
      let count: unknown;
      await use<Keeper>(keeperCode, async ({ exports }) => {
        const point = await exports.make(1);
        count = await point.read();
        release(point);
      });
      return count;
    });
    expect(result).to.equal(1);
  });

  it("waits for what is on its way out", async () => {
    await expectNothingLeft(host(), async () => {
      const unit = await load<Keeper>(
        `${keeperCode} export const deactivate = () => new Promise((resolve) => setTimeout(resolve, 50));`,
      );
      void unit.unload();
    });
  });

  it("fails with a list of what it leaves, and where that was taken", async () => {
    const own = createHost({ pool: {}, diagnostics: true });
    let unit: Unit<Keeper> | undefined;
    const leaving = expectNothingLeft(
      own,
      async () => {
        unit = await own.load<Keeper>({ code: keeperCode, manifest: { name: "left" } }, { isolation });
        await unit.exports.start("work");
      },
      { within: 30 },
    );
    const error = await rejection(leaving);
    expect(error).to.include({ name: "InvalidStateError", code: "left-behind" });
    for (const line of [
      "units: 1 instead of 0",
      "frames: 1 instead of 0",
      "ports: 1 instead of 0",
      "leases: 2 instead",
    ]) {
      expect(error.message).to.include(line);
    }
    expect(error.message).to.match(/pin left@\S+ of left@\S+, held by host at \S+expect-nothing-left.test\S+:\d+/);
    expect(error.message).to.match(/activity work of left@/);
    await own.dispose();
  });

  it("fails with what it throws", async () => {
    const thrown = new RangeError("no");
    expect(await rejection(expectNothingLeft(host(), () => Promise.reject(thrown)))).to.equal(thrown);
  });
});
