import { expect } from "chai";
import { LeaseholdError, release } from "leasehold";
import { inEveryIsolation } from "../support/every-isolation.js";
import { rejection } from "../support/rejection.js";

const code = `
  class Custom extends Error { name = "Custom"; }
  const made = {
    type: () => new TypeError("not that type"),
    range: () => new RangeError("too far"),
    custom: () => Object.assign(new Custom("own kind"), { code: "E_OWN", detail: { line: 3 }, hidden: () => {} }),
    number: () => Object.assign(new Error("numbered"), { code: 17 }),
    chain: () => new Error("outer", { cause: new TypeError("middle", { cause: { inner: true } }) }),
    aggregate: () => new AggregateError([new TypeError("one"), "two"], "several"),
    dom: () => new DOMException("no such node", "NotFoundError"),
    leasehold: () => Object.assign(new Error("too many"), { name: "LimitExceededError", code: "too-many", unit: "other@1" }),
    string: () => "just text",
    data: () => ({ status: 404 }),
    function: () => () => {},
    undefined: () => undefined,
    looped: () => { const error = new Error("looped"); error.cause = error; return error; },
    hostile: () => new Proxy(new Error("x"), { get() { throw new Error("gotcha"); }, ownKeys() { throw new Error("gotcha"); } }),
  };
  export const fail = (kind) => { throw made[kind](); };
  export const reject = async (kind) => { await null; throw made[kind](); };
  export const fine = () => "fine";
`;
interface Sample {
  fail(kind: string): void;
  reject(kind: string): Promise<void>;
  fine(): string;
}

inEveryIsolation("an error that a unit throws", ({ use }) => {
  for (const how of ["fail", "reject"] as const) {
    it(`keeps its class, name and message (${how})`, () =>
      use<Sample>(code, async ({ exports }) => {
        const type = await rejection(exports[how]("type"));
        expect(type).to.be.instanceOf(TypeError);
        expect(type.message).to.equal("not that type");
        expect(await rejection(exports[how]("range"))).to.be.instanceOf(RangeError);
        const custom = await rejection(exports[how]("custom"));
        expect(custom).to.be.instanceOf(Error);
        expect(custom.name).to.equal("Custom");
      }));

    it(`keeps its code, its cause and what else it carries (${how})`, () =>
      use<Sample>(code, async ({ exports }) => {
        const custom = (await rejection(exports[how]("custom"))) as unknown as Record<string, unknown>;
        expect(custom).to.include({ code: "E_OWN" });
        expect(custom.detail).to.deep.equal({ line: 3 });
        expect(custom).not.to.have.property("hidden");
        expect(await rejection(exports[how]("number"))).to.include({ code: 17 });
        const chain = await rejection(exports[how]("chain"));
        const middle = chain.cause as Error;
        expect(middle).to.be.instanceOf(TypeError);
        expect(middle.message).to.equal("middle");
        expect(middle.cause).to.deep.equal({ inner: true });
        const { errors } = (await rejection(exports[how]("aggregate"))) as unknown as AggregateError;
        expect(errors[0]).to.be.instanceOf(TypeError);
        expect(errors[1]).to.equal("two");
        const looped = await rejection(exports[how]("looped"));
        expect((looped.cause as Error).message).to.equal("looped");
      }));
  }

  it("shows where in the unit it was thrown", () =>
    use<Sample>(code, async ({ exports }) => {
      expect((await rejection(exports.fail("type"))).stack).to.match(/unit:\/\/\/sample@1\.0\.0\/index\.js/);
    }));

  it("is a LeaseholdError again where it was one", () =>
    use<Sample>(code, async ({ exports }) => {
      const error = await rejection(exports.fail("leasehold"));
      expect(error).to.be.instanceOf(LeaseholdError);
      expect(error).to.include({ name: "LimitExceededError", code: "too-many", unit: "other@1" });
      expect((await rejection(exports.fail("dom"))).name).to.equal("NotFoundError");
    }));

  it("may be any value", () =>
    use<Sample>(code, async ({ exports }) => {
      expect(await rejection(exports.fail("string"))).to.equal("just text");
      expect(await rejection(exports.reject("data"))).to.deep.equal({ status: 404 });
      const thrown = await rejection(exports.fail("function"));
      expect(typeof thrown, "a remote of it").to.equal("function");
      release(thrown);
      expect(await rejection(exports.fail("undefined"))).to.equal(undefined);
    }));

  it("harms no other call, however hostile", () =>
    use<Sample>(code, async ({ exports }) => {
      const hostile = [rejection(exports.fail("hostile")), rejection(exports.reject("hostile"))];
      expect(await exports.fine()).to.equal("fine");
      for (const error of await Promise.all(hostile)) expect(error).not.to.equal(undefined);
      expect(await exports.fine()).to.equal("fine");
    }));
});
