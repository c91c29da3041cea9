import { expect } from "chai";
import { DISPOSE } from "../../src/dispose.js";
import { createBinding } from "../../src/host/binding.js";
import { collectUntil } from "../support/collect.js";
import { withMirror } from "../support/mirrored.js";
import { rejection } from "../support/rejection.js";

class Point {}

describe("a binding", () => {
  it("reads and assigns to the variable as it is at the time", async () => {
    const exports: Record<string, unknown> = { counter: 1 };
    await withMirror(exports, async ({ account, mirror, leases, snapshot }) => {
      const binding = await createBinding<number>(account, mirror, "counter");
      expect(leases()).to.deep.equal(["binding counter"]);
      expect(snapshot()[0]).to.deep.include({ path: ["host", "counter"] });
      expect(snapshot()[0]?.site).to.include("binding.test");
      expect(await binding.get()).to.equal(1);
      exports.counter = 2;
      expect(await binding.get()).to.equal(2);
      await binding.set(3);
      expect([exports.counter, await binding.get()]).to.deep.equal([3, 3]);
      binding.release();
    });
  });

  it("is refused of what is not exported, and holds nothing then", () =>
    withMirror({ counter: 1 }, async ({ account, mirror, leases }) => {
      const error = await rejection(createBinding(account, mirror, "countre"));
      expect(error).to.include({ name: "ContractError", code: "no-such-member" });
      expect(error.message).to.include(`Did you mean "counter"?`);
      expect(leases()).to.deep.equal([]);
    }));

  it("cannot assign to what is no variable", () =>
    withMirror({ Point }, async ({ account, mirror }) => {
      using binding = await createBinding(account, mirror, "Point");
      expect(await rejection(binding.set(1))).to.include({ name: "ContractError", code: "read-only" });
    }));

  it("lets go once, and then rejects", () =>
    withMirror({ counter: 1 }, async ({ account, mirror, leases }) => {
      const binding = await createBinding<number>(account, mirror, "counter");
      binding.release();
      binding[DISPOSE]();
      expect([leases(), account.released]).to.deep.equal([[], 1]);
      for (const used of [binding.get(), binding.set(1)])
        expect(await rejection(used)).to.include({ name: "InvalidStateError", code: "released" });
    }));

  it("is revoked with its lease", () =>
    withMirror({ counter: 1 }, async ({ account, mirror, ledger, leases }) => {
      const binding = await createBinding<number>(account, mirror, "counter");
      ledger.revoke([...account.leases].map(({ id }) => id));
      expect(leases()).to.deep.equal([]);
      expect(await rejection(binding.get())).to.include({ code: "released" });
    }));

  it("takes nothing away that the page has of the unit", () =>
    withMirror({ Point }, async ({ account, mirror }) => {
      const remote = (await mirror.read("Point")) as { new (): Promise<{ [Symbol.dispose](): void }> };
      using binding = await createBinding(account, mirror, "Point");
      expect(await binding.get()).to.equal(remote);
      const point = await new remote();
      point[DISPOSE]();
    }));

  it("lets go when it is collected as garbage", () =>
    withMirror({ counter: 1 }, async ({ account, mirror, leases }) => {
      await createBinding(account, mirror, "counter");
      expect(leases()).to.deep.equal(["binding counter"]);
      await collectUntil("its lease is released", () => leases().length === 0);
    }));
});
