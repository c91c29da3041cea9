import { expect } from "chai";
import fc from "fast-check";
import { Session } from "../../src/remoting/index.js";
import { leavesNothing } from "../support/baseline.js";

/** Nothing of the page may be reached by what a peer sends. */
const reached: string[] = [];
const exposed = {
  touch: () => reached.push("touch"),
  inner: { secret: () => reached.push("secret") },
};

interface Reason {
  name: string;
  code: string;
}

/** Opens a session for one raw peer, lets it send, and resolves with what the session closed for. */
async function attack(messages: unknown[]): Promise<Reason> {
  const { port1, port2 } = new MessageChannel();
  const session = new Session(port1);
  session.expose(1, exposed);
  for (const message of messages) port2.postMessage(message);
  const reason = (await session.closed) as Reason;
  port2.close();
  return reason;
}

const violations: Record<string, unknown> = {
  "nothing at all": null,
  "a string": "request",
  "stock Comlink's GET": { id: "1", type: "GET", path: ["touch"] },
  "stock Comlink's APPLY on a path": {
    id: "1",
    type: "APPLY",
    path: ["touch", "constructor"],
    argumentList: [{ type: "RAW", value: "x" }],
  },
  "stock Comlink's CONSTRUCT": { id: "1", type: "CONSTRUCT", path: ["touch", "constructor"], argumentList: [] },
  "stock Comlink's SET": { id: "1", type: "SET", path: ["__proto__", "polluted"], value: { type: "RAW", value: true } },
  "stock Comlink's RELEASE": { id: "1", type: "RELEASE" },
  "an empty request": [0, 0],
  "a request out of order": [0, 5, [1, 1, "touch"]],
  "a negative number": [0, -1, [1, 1, "touch"]],
  "a fraction": [0, 0.5, [1, 1, "touch"]],
  "not a number": [0, NaN, [1, 1, "touch"]],
  "a path shared with nothing": [0, 0, [1, 1, 0]],
  "a path shared with a later operation": [0, 0, [1, 1, 1], [1, 1, "touch"]],
  "a path shared with one that is shared": [0, 0, [1, 9, "touch"], [1, 9, 0], [1, 1, 1]],
  "a path shared with a late result": [0, 0, [2, 0, true, 1], [1, 1, 0]],
  "an unknown kind": [0, 0, [9, 1, "touch"]],
  "a path that is no path": [0, 0, [1, 1, { length: 1, 0: "touch" }]],
  "an empty path": [0, 0, [1, 1, []]],
  "a path too long": [0, 0, [1, 1, Array(33).fill("inner")]],
  "a reply that nobody waits for": [1, 0, [1]],
  "a late result that nobody waits for": [0, 0, [2, 0, true, 1]],
  "a failure that is no failure": [0, 0, [2, 0, false, 1]],
};

describe("a hostile peer", () => {
  leavesNothing();

  for (const [name, message] of Object.entries(violations)) {
    it(`closes the session by sending ${name}`, async () => {
      reached.length = 0;
      expect(await attack([message])).to.include({ name: "DataError", code: "protocol-violation" });
      expect(reached).to.deep.equal([]);
      expect(({} as Record<string, unknown>)["polluted"]).to.equal(undefined);
    });
  }

  it("answers a replayed request once", async () => {
    reached.length = 0;
    const request = [0, 0, [1, 1, "touch"]];
    expect((await attack([request, request])).code).to.equal("protocol-violation");
    expect(reached).to.deep.equal(["touch"]);
  });

  it("reaches nothing by messages of any shape", async () => {
    const value = fc.anything({ withBigInt: true, withDate: true, withMap: true, withSet: true, withTypedArray: true });
    const key = fc.constantFrom(
      "constructor",
      "__proto__",
      "prototype",
      "then",
      "call",
      "hasOwnProperty",
      "valueOf",
      "",
    );
    const operation = fc.oneof(
      fc.tuple(fc.integer({ min: -1, max: 4 }), fc.oneof(fc.nat(3), value), fc.oneof(key, fc.array(key), value), value),
      value,
    );
    const message = fc.oneof(
      value,
      fc
        .tuple(fc.constantFrom(0, 1, 2), fc.oneof(fc.constant(0), fc.integer(), value), fc.array(operation))
        .map(([type, first, operations]) => [type, first, ...operations]),
    );
    const before = Object.getOwnPropertyNames(Object.prototype).length;
    await fc.assert(
      fc.asyncProperty(fc.array(message, { maxLength: 20 }), async (messages) => {
        reached.length = 0;
        // The last one closes the session, if none before it did: then all have been looked at.
        await attack([...messages, "end"]);
        expect(reached).to.deep.equal([]);
        expect(Object.getOwnPropertyNames(Object.prototype)).to.have.lengthOf(before);
      }),
      { numRuns: 300 },
    );
  });
});
