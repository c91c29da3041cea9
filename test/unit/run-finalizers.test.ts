import { expect } from "chai";
import type { Domain } from "../../src/domain/index.js";
import { runFinalizers } from "../../src/host/run-finalizers.js";

/** A domain whose guest answers that its finalizers threw this. */
const domainWith = (answer: unknown): Domain => ({ control: { finalize: async () => answer } }) as unknown as Domain;
const run = (answer: unknown): Promise<unknown[]> => runFinalizers("sample@1.0.0", domainWith(answer), 1000);

describe("what a unit says that its finalizers threw", () => {
  for (const [name, answer] of Object.entries({ nothing: undefined, null: null, "a number": 5, "an object": {} })) {
    it(`is an error by itself where it is ${name} rather than a list`, async () => {
      const errors = await run(answer);
      expect(errors).to.have.length(1);
      expect(errors[0]).to.include({ name: "DataError", code: "protocol-violation", unit: "sample@1.0.0" });
    });
  }

  it("is looked at as far as anybody reads it, however long it is", async () => {
    const began = performance.now();
    expect(await run(new Array(2 ** 32 - 1))).to.have.length(100);
    expect(performance.now() - began).to.be.below(1000);
  });
});
