import { expect } from "chai";
import { leavesNothing } from "../support/baseline.js";
import { inEngine } from "../support/engine.js";
import { rejection } from "../support/rejection.js";
import { withPair } from "./support.js";

const api = { echo: <T>(value: T) => value };

/** What the value is after a trip there and back, each of which may lose something. */
async function echoed<T>(value: T): Promise<T> {
  let result: unknown;
  await withPair(api, async ({ remote }) => void (result = await remote.echo(value)));
  return result as T;
}

/** What a function of the far side throws, as it arrives here. */
async function thrown(error: unknown): Promise<Error & Record<string, unknown>> {
  const fail = (): never => {
    throw error;
  };
  let result: unknown;
  await withPair(
    { fail },
    async ({ remote }) => void (result = await rejection(remote.fail() as PromiseLike<unknown>)),
  );
  return result as Error & Record<string, unknown>;
}

describe("capnweb: values", () => {
  leavesNothing();

  it("cross at any depth", async () => {
    const value = { list: [1, [2, { three: 3n }]], nothing: undefined, null: null, when: new Date(1234), nan: NaN };
    expect(await echoed(value)).to.deep.equal(value);
  });

  it("are the same value where they were the same, and may contain themselves", async () => {
    // capnweb refuses circular data.
    const shared = { name: "shared" };
    const value: Record<string, unknown> = { first: shared, second: [shared] };
    value["self"] = value;
    const result = await echoed(value);
    expect(result["self"]).to.equal(result);
    expect((result["second"] as unknown[])[0])
      .to.equal(result["first"])
      .and.to.deep.equal(shared);
  });

  it("may be dates that are none", async () => {
    expect((await echoed(new Date(NaN))).getTime()).to.be.NaN;
  });

  for (const type of [
    Int8Array,
    Uint8Array,
    Uint8ClampedArray,
    Int16Array,
    Uint16Array,
    Int32Array,
    Uint32Array,
    Float32Array,
    Float64Array,
  ]) {
    it(`may be a ${type.name}, or a part of one`, async () => {
      const whole = type.from([1, 2, 3, 61]);
      const [all, part] = await echoed([whole, whole.subarray(1, 3)] as const);
      expect(all).to.be.instanceOf(type).and.to.deep.equal(whole);
      expect(part).to.be.instanceOf(type);
      expect([...part]).to.deep.equal([2, 3]);
    });
  }

  it("may be big integers in an array of them, a view and a buffer", async () => {
    const buffer = Uint8Array.of(1, 2, 3).buffer;
    const [numbers, view, bytes] = await echoed([BigInt64Array.of(-1n, 2n), new DataView(buffer), buffer] as const);
    expect(numbers).to.deep.equal(BigInt64Array.of(-1n, 2n));
    expect(view.getUint8(2)).to.equal(3);
    expect(new Uint8Array(bytes)).to.deep.equal(Uint8Array.of(1, 2, 3));
    expect(buffer.byteLength, "copied").to.equal(3);
  });

  it("may be large", async () => {
    const bytes = new Uint8Array(1 << 20).fill(7);
    expect((await echoed(bytes)).every((byte) => byte === 7)).to.equal(true);
  });

  it("may be blobs, of any type and size, alone and among others", async () => {
    const all = new Blob([Uint8Array.from({ length: 256 }, (_, byte) => byte)], { type: "application/x-all" });
    const { blobs, label } = await echoed({ blobs: [all, new Blob([]), new Blob(["text"])], label: "three" });
    expect(label).to.equal("three");
    expect(blobs.map(({ size, type }) => [size, type])).to.deep.equal([
      [256, "application/x-all"],
      [0, ""],
      [4, ""],
    ]);
    expect([...new Uint8Array(await blobs[0]!.arrayBuffer())]).to.deep.equal([...Array(256).keys()]);
    expect(await blobs[2]!.text()).to.equal("text");
  });

  // capnweb rebuilds these of the Fetch API. Here they are objects of the platform like any other that cannot be cloned.
  it("are no requests, responses and headers", () =>
    withPair(api, async ({ remote, near }) => {
      for (const value of [new Request("/"), new Response("body"), new Headers()]) {
        const error = await rejection(remote.echo({ value }));
        expect(error).to.include({ name: "DataError", code: "not-cloneable" });
        expect(error.message).to.contain("value");
      }
      expect(near.stats()).to.include({ pending: 0, exports: 0 });
    }));
});

describe("capnweb: errors", () => {
  leavesNothing();

  it("keep their class, message and own properties", async () => {
    const original = Object.assign(new RangeError("rich"), {
      code: "E_RICH",
      details: { reason: "because", count: 7 },
      when: new Date(1234),
    });
    const error = await thrown(original);
    expect(error).to.be.instanceOf(RangeError);
    expect(error).to.include({ message: "rich", code: "E_RICH" });
    expect(error["details"]).to.deep.equal({ reason: "because", count: 7 });
    expect(error["when"]).to.deep.equal(new Date(1234));
  });

  it("keep the properties and the name of a class that the other side does not know", async () => {
    class QuotaError extends Error {
      override name = "QuotaError";
      limit = 3;
    }
    const error = await thrown(new QuotaError("too many"));
    expect(error).to.be.instanceOf(Error);
    expect(error).to.include({ name: "QuotaError", message: "too many", limit: 3 });
  });

  it("keep their cause, also one that is no error", async () => {
    const error = await thrown(new Error("outer", { cause: new TypeError("inner", { cause: 7 }) }));
    const cause = error.cause as Error;
    expect(cause).to.be.instanceOf(TypeError).with.property("message", "inner");
    expect(cause.cause).to.equal(7);
  });

  it("keep the errors that they aggregate", async () => {
    const error = await thrown(new AggregateError([new RangeError("one"), "two"], "several"));
    expect(error).to.be.instanceOf(AggregateError).with.property("message", "several");
    const [one, two] = error["errors"] as [Error, string];
    expect(one).to.be.instanceOf(RangeError).with.property("message", "one");
    expect(two).to.equal("two");
  });

  it("cross as values too, not only when they are thrown", async () => {
    const { error } = await echoed({ error: Object.assign(new SyntaxError("value"), { line: 3 }) });
    expect(error).to.be.instanceOf(SyntaxError);
    expect(error).to.include({ message: "value" });
    // WebKit's errors have a line of their own, which is none of their properties.
    expect((error as { line?: number }).line === 3).to.equal(
      inEngine({ chromium: true, firefox: true, webkit: false }),
    );
  });

  it("lose a property that cannot cross, and nothing else", async () => {
    const bad = { inner: Symbol("no") };
    const error = await thrown(Object.assign(new Error("with a symbol"), { code: "E_MIXED", bad }));
    expect(error).to.include({ message: "with a symbol", code: "E_MIXED" });
    expect(error).not.to.have.property("bad");
  });

  it("may contain themselves", async () => {
    const original = Object.assign(new Error("circular"), { code: "E_SELF" });
    const error = await thrown(Object.assign(original, { self: original }));
    expect(error).to.include({ message: "circular", code: "E_SELF" });
  });

  it("take no method or class from a property or name that an object has by nature", async () => {
    const original = new Error("sly");
    Object.defineProperty(original, "__proto__", { value: { polluted: true }, enumerable: true });
    const error = await thrown(Object.assign(original, { toString: "not a method" }));
    expect(error).to.be.instanceOf(Error).and.not.to.have.property("polluted");
    for (const name of ["constructor", "hasOwnProperty", "__proto__", "toString"]) {
      const named = await thrown(Object.defineProperty(new Error("named"), "name", { value: name }));
      expect(named).to.be.instanceOf(Error);
      expect(Object.getPrototypeOf(named)).to.equal(Error.prototype);
      expect(named).to.include({ name, message: "named" });
    }
  });
});
