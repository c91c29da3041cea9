import { expect } from "chai";
import { Kind, Notice, Ref } from "../../src/remoting/wire/protocol.js";
import { leavesNothing } from "../support/baseline.js";
import { CODE } from "./hostile/page.js";
import { PAGE, withRawPeer, type RawPeer } from "./hostile/raw-peer.js";
import { callOf, callWith, ENDLESS, endless, nested, operation, planOf, request } from "./hostile/requests.js";
import { checkShared, watchPage } from "./hostile/watch-page.js";

const violation = { name: "DataError", code: "protocol-violation" };

/** Milliseconds that nothing a peer sends may take. */
const BOUND = 2000;

/** What the session closes for; it had better, soon. */
function closing({ session }: RawPeer): Promise<unknown> {
  const late = new Promise((resolve) => setTimeout(resolve, BOUND, { name: "It is still open." }));
  return Promise.race([session.closed, late]);
}

type Attack = (peer: RawPeer) => unknown;

/** What a message must do: close the session, having reached nothing. */
function closes(attacks: Record<string, unknown>): void {
  for (const [name, attack] of Object.entries(attacks)) {
    it(`closes the session by sending ${name}`, () =>
      withRawPeer(async (peer) => {
        const check = watchPage(peer.page);
        const send = typeof attack === "function" ? (attack as Attack) : () => peer.send(attack);
        await send(peer);
        const began = performance.now();
        expect(await closing(peer)).to.include(violation);
        check();
        checkShared();
        expect(peer.page.calls).to.deep.equal([]);
        expect(peer.session.stats()).to.include({ exports: 0, imports: 0, pending: 0 });
        expect(performance.now() - began).to.be.below(BOUND);
      }));
  }
}

interface ErrorData {
  name: string;
  own: { code?: string };
}

/** The failure of the first operation, from the answer to its chunk. */
function failureIn(reply: unknown): ErrorData {
  const [type, , , holes, failures] = reply as [number, number, unknown[], unknown[][], unknown[]];
  expect(type, "an answer").to.equal(1);
  const place = holes.findIndex((part, at) => at % 3 === 0 && part === failures);
  return holes[place + 2]?.[1] as ErrorData;
}

/** What a message must do: fail its one operation, by a ContractError with a code, and leave the session open. */
function fails(attacks: Record<string, [message: unknown[], code: string, name?: string]>): void {
  for (const [name, [message, code, errorName = "ContractError"]] of Object.entries(attacks)) {
    it(`fails by ${name}`, () =>
      withRawPeer(async (peer) => {
        const check = watchPage(peer.page);
        peer.send(message);
        const { name: thrown, own } = failureIn(await peer.outcome());
        expect([thrown, own.code]).to.deep.equal([errorName, code]);
        // Of two operations, the second goes on from the first.
        await isAlive(peer, (message[2] as unknown[]).includes(-1) ? 2 : 1);
        check();
        checkShared();
      }));
  }
}

/** Has the session answer a call. */
async function isAlive(peer: RawPeer, first = 1): Promise<void> {
  peer.send([0, first, operation(Kind.call, "echo", "alive")]);
  expect(await peer.outcome()).to.deep.equal([1, first, ["alive"]]);
}

describe("a hostile peer that speaks another protocol", () => {
  leavesNothing();
  const raw = (value: unknown) => ({ type: "RAW", value });
  closes({
    "nothing at all": null,
    undefined: undefined,
    "a string": "request",
    "a number": 1,
    "an empty array": [],
    "stock Comlink's GET": { id: "1", type: "GET", path: ["touch"] },
    "stock Comlink's APPLY": { id: "1", type: "APPLY", path: ["touch"], argumentList: [] },
    "stock Comlink's APPLY of its own one function": { id: "0", type: "APPLY", path: [], argumentList: [raw(0)] },
    "stock Comlink's APPLY on a path to code": {
      id: "1",
      type: "APPLY",
      path: ["touch", "constructor"],
      argumentList: [raw(CODE)],
    },
    "stock Comlink's CONSTRUCT": {
      id: "1",
      type: "CONSTRUCT",
      path: ["touch", "constructor"],
      argumentList: [raw(CODE)],
    },
    "stock Comlink's SET": { id: "1", type: "SET", path: ["__proto__", "polluted"], value: raw(true) },
    "stock Comlink's RELEASE": { id: "1", type: "RELEASE", path: [] },
    "stock Comlink's ENDPOINT": { id: "1", type: "ENDPOINT", path: [] },
    "an answer of Comlink's": { id: "1", ...raw(undefined) },
  });
});

describe("a hostile peer's request", () => {
  leavesNothing();
  const good = callOf("touch");
  const withPart = (index: number, part: unknown): unknown[] => good.map((value, at) => (at === index ? part : value));
  const header = (...parts: unknown[]): unknown[] => request(parts);

  closes({
    "too short": good.slice(0, 2),
    "too long": [...good, null],
    "with gaps": Object.assign(new Array(5), { 0: 0, 1: 0 }),
    "as an object": { ...good, length: 5 },
    "of no type": withPart(0, undefined),
    "of type 3": withPart(0, 3),
    "of a type that is a string": withPart(0, "0"),
    "out of order": withPart(1, 5),
    "with a negative number": withPart(1, -1),
    "with a fraction for a number": withPart(1, 0.5),
    "with NaN for a number": withPart(1, NaN),
    "with an infinite number": withPart(1, Infinity),
    "with a number that is none": withPart(1, "0"),
    "with a number too large": withPart(1, 2 ** 53),
    "with a bigint": withPart(1, 0n),
    "without a stream": withPart(2, null),
    "with a stream that is none": withPart(2, "1"),
    "with a Map for a stream": withPart(2, new Map()),
    "with holes that are none": withPart(3, {}),
    "with quiet operations that are none": withPart(4, 0),
    "with a quiet operation that there is not": withPart(4, [1]),
    "with a negative quiet operation": withPart(4, [-1]),
    "with more quiet operations than operations": withPart(4, [0, 0]),
    "with gaps in its quiet operations": withPart(4, new Array(1)),
    "with an endless list of quiet operations": withPart(4, endless(0)),
    "with an endless stream": request(endless()),
    "with an endless stream of arguments": request(endless(Kind.call, PAGE, "touch", ENDLESS - 5, 1)),
    "with an endless stream of arguments for many": request(endless(Kind.call, PAGE, "touch", 4095, 2 ** 20)),
    "with endless holes": request(operation(Kind.call, "touch"), endless()),
    "of no known kind": header(11, PAGE, "touch", 0, 1),
    "of a negative kind": header(-1, PAGE, "touch", 0, 1),
    "of a kind that is a fraction": header(0.5, PAGE, "touch", 0, 1),
    "of a kind that is a string": header("1", PAGE, "touch", 0, 1),
    "that ends in its header": header(1, PAGE, "touch"),
    "about a target that is a string": header(1, "1", "touch", 0, 1),
    "about a target that is a fraction": header(1, 1.5, "touch", 0, 1),
    "about no target": header(1, undefined, "touch", 0, 1),
    "with a path that is not there": header(1, PAGE, 1, 0, 1),
    "with a negative path": header(1, PAGE, -1, 0, 1),
    "with a path from after it": request([...operation(1, 1), ...operation(1, "touch")]),
    "with half a path": request([...operation(1, "touch"), ...operation(1, 0.5)]),
    "with path NaN": header(1, PAGE, NaN, 0, 1),
    "without a path": header(1, PAGE, undefined, 0, 1),
    "with more arguments than there are": header(1, PAGE, "touch", 1, 1),
    "with more arguments than a stream holds": header(1, PAGE, "touch", Number.MAX_SAFE_INTEGER, 1),
    "with a negative count of arguments": header(1, PAGE, "touch", -1, 1),
    "with NaN arguments": header(1, PAGE, "touch", NaN, 1),
    "that is meant no time": header(1, PAGE, "touch", 0, 0),
    "that is meant minus one time": header(1, PAGE, "touch", 0, -1),
    "that is meant for ever": header(1, PAGE, "touch", 0, Infinity),
    "that is meant 2 ** 53 times": header(1, PAGE, "touch", 0, 2 ** 53 - 1),
    "that is meant too often": header(1, PAGE, "touch", 0, 2 ** 20 + 1),
    "that is meant often, again and again": request(
      Array.from({ length: 64 }, () => [Kind.get, PAGE, "list", 0, 2 ** 20]).flat(),
    ),
    "for assigning two values": header(Kind.set, PAGE, "touch", 2, 1, 1, 1),
    twice: (peer: RawPeer) => {
      peer.send(request([]));
      peer.send([0, 1, []]);
    },
  });

  closes({
    "with a path that is an object": callOf({ length: 1, 0: "touch" }),
    "with a path that is a Map": callOf(new Map()),
    "with a path too long": callOf(Array(33).fill("inner")),
    "with an endless path": callOf(endless()),
    "with a path with gaps": callOf(new Array(2)),
    "with a path of numbers": callOf([0]),
    "with a path of paths": callOf([["touch"]]),
    "with a path of text objects": callOf([Object("touch")]),
  });

  it("may be empty", () =>
    withRawPeer(async (peer) => {
      peer.send(request([]));
      peer.send(callOf("touch"));
      expect(await peer.outcome()).to.deep.equal([1, 0, [1]]);
    }));

  it("is run once, however often it is sent", () =>
    withRawPeer(async (peer) => {
      peer.send(callOf("touch"));
      peer.send(callOf("touch"));
      expect(await peer.session.closed).to.include(violation);
      expect(peer.page.calls).to.deep.equal(["touch 0"]);
    }));
});

describe("a hostile peer's way to what it may not reach", () => {
  leavesNothing();
  const gone = (...path: string[]): [unknown[], string] => [
    callOf(path.length === 1 ? path[0] : path, CODE),
    "no-such-member",
  ];
  const names = ["constructor", "__proto__", "prototype", "hasOwnProperty", "toString", "valueOf", "__defineGetter__"];
  fails(Object.fromEntries(names.map((name) => [`${name} of an object`, gone(name)])));
  fails(
    Object.fromEntries(
      [...names, "call", "apply", "bind", "caller", "arguments"].map((name) => [
        `${name} of a function`,
        gone("touch", name),
      ]),
    ),
  );
  fails(Object.fromEntries(names.map((name) => [`${name} of an instance`, gone("account", name)])));
  fails(Object.fromEntries(names.map((name) => [`${name} of a class`, gone("Account", name)])));
  fails(Object.fromEntries(names.map((name) => [`${name} of a class's method`, gone("account", "deposit", name)])));
  fails(Object.fromEntries(names.map((name) => [`${name} of an async function`, gone("later", name)])));
  fails(
    Object.fromEntries([...names, "next"].map((name) => [`${name} of a generator function`, gone("forever", name)])),
  );
  fails(
    Object.fromEntries(
      [...names, "push", "splice", "sort", "map", "forEach", "fill"].map((name) => [
        `${name} of an array`,
        gone("list", name),
      ]),
    ),
  );
  fails(
    Object.fromEntries([...names, "set", "delete", "forEach"].map((name) => [`${name} of a Map`, gone("map", name)])),
  );
  fails({
    "the constructor of text": gone("touch", "name", "constructor"),
    "the constructor of a number": gone("account", "balance", "constructor"),
    "a member of what there is not": gone("nothing", "constructor"),
    "a member without a name": gone(""),
    "what is not exposed": [request([Kind.call, 2, "touch", 0, 1]), "no-such-target", "InvalidStateError"],
    "control that there is not": [request([Kind.call, 0, "touch", 0, 1]), "no-such-target", "InvalidStateError"],
    "calling what is no function": [callOf("list"), "not-a-function"],
    "constructing what is no class": [request(operation(Kind.construct, "hand")), "not-a-constructor"],
    "constructing code": [request(operation(Kind.construct, ["touch", "constructor"], CODE)), "no-such-member"],
    "assigning where nothing may be": [request(operation(Kind.set, "list", 1)), "read-only"],
    "assigning a prototype": [request(operation(Kind.set, "__proto__", {})), "read-only"],
    "a very long name": [callOf("x".repeat(1 << 22)), "no-such-member"],
    "a very long path": [callOf(Array(32).fill("inner".repeat(1 << 14))), "no-such-member"],
    "collecting what never ends": [
      request([...operation(Kind.call, "forever"), Kind.call, -1, "toArray", 0, 1], null, [0]),
      "no-such-member",
    ],
    "a slice of an array without end": [
      request([...operation(Kind.call, "echo", endless()), Kind.call, -1, "slice", 0, 1], null, [0]),
      "no-such-member",
    ],
  });

  for (const path of [[], ["inner"], ["account"], ["Account"]]) {
    it(`is refused for what is assigned to ${path.join() || "everything"}, also where members may be`, () =>
      withRawPeer(
        async (peer) => {
          const check = watchPage(peer.page);
          for (const [index, name] of ["__proto__", "constructor", "prototype", "hasOwnProperty"].entries()) {
            peer.send([0, index, operation(Kind.set, [...path, name], { polluted: true })]);
            const error = failureIn(await peer.outcome());
            expect([error.name, error.own.code]).to.deep.equal(["ContractError", "read-only"]);
          }
          check();
          checkShared();
        },
        { isWritable: true },
      ));
  }

  it("ends a plan that would never end", () =>
    withRawPeer(async (peer) => {
      const began = performance.now();
      const all = [
        [
          [1, [1, 0, 0], "forever", []],
          [3, [1, 0, 1], [[], [1, 0, 0]]],
        ],
        [1, 0, 2],
      ];
      peer.send(planOf(all));
      const { name, own } = failureIn(await peer.outcome());
      expect([name, own.code]).to.deep.equal(["LimitExceededError", "plan-too-long"]);
      expect(performance.now() - began).to.be.below(5 * BOUND);
      await isAlive(peer);
    }));

  it("ends a plan that multiplies itself", () =>
    withRawPeer(async (peer) => {
      const ten: unknown[] = [0, Array(10).fill(0)];
      let body: unknown = [[], [0, 1]];
      for (let depth = 0; depth < 30; depth++) body = [[[3, ten, body]], [0, 1]];
      peer.send(planOf(body));
      const { name, own } = failureIn(await peer.outcome());
      expect([name, own.code]).to.deep.equal(["LimitExceededError", "plan-too-long"]);
      await isAlive(peer);
    }));
});

describe("a hostile peer's slots", () => {
  leavesNothing();
  const notice = (kind: number, id: unknown, first?: unknown, second?: unknown) => request([kind, id, first, second]);
  /** Has the page hand out a function; its slot is 16. */
  const obtain = async (peer: RawPeer, then: unknown[]): Promise<void> => {
    peer.send(callOf("hand"));
    const [, , , holes] = (await peer.next()) as [unknown, unknown, unknown, [unknown, unknown, unknown[]]];
    expect(holes[2].slice(0, 2)).to.deep.equal([Ref.export, 16]);
    peer.send(then);
  };
  const later = (...stream: unknown[]): unknown[] => [0, 1, stream];

  closes({
    "a call of a slot that never was": request([Kind.call, 16, "name", 0, 1]),
    "a call of a slot without end": request([Kind.call, Number.MAX_SAFE_INTEGER, "name", 0, 1]),
    "a release of what it never had": notice(Notice.release, 16, 1),
    "a release of what is exposed": notice(Notice.release, PAGE, 1),
    "a release of more than it has": (peer: RawPeer) => obtain(peer, later(Notice.release, 16, 2, undefined)),
    "a release of nothing": (peer: RawPeer) => obtain(peer, later(Notice.release, 16, 0, undefined)),
    "a release of less than nothing": (peer: RawPeer) => obtain(peer, later(Notice.release, 16, -1, undefined)),
    "a release of a half": (peer: RawPeer) => obtain(peer, later(Notice.release, 16, 0.5, undefined)),
    "a release of NaN": (peer: RawPeer) => obtain(peer, later(Notice.release, 16, NaN, undefined)),
    "a release of text": (peer: RawPeer) => obtain(peer, later(Notice.release, 16, "1", undefined)),
    "a release of everything": (peer: RawPeer) => obtain(peer, later(Notice.release, 16, Infinity, undefined)),
    "two releases": (peer: RawPeer) =>
      obtain(peer, later(Notice.release, 16, 1, undefined, Notice.release, 16, 1, undefined)),
    "a call of what it released": (peer: RawPeer) =>
      obtain(peer, later(Notice.release, 16, 1, undefined, Kind.call, 16, "name", 0, 1)),
    "a reference to what it released": (peer: RawPeer) => {
      const stream = [Notice.release, 16, 1, undefined, Kind.call, PAGE, "echo", 1, 1, undefined];
      return obtain(peer, [0, 1, stream, [stream, 9, [Ref.home, 17]]]);
    },
    "a release for a negative slot": notice(Notice.release, -1, 1),
    "a release for no slot": notice(Notice.release, undefined, 1),
    "a release that is cut off": request([Notice.release, 16, 1]),
    "a drop of what was not kept": notice(Notice.drop, 0),
    "two drops": (peer: RawPeer) => {
      peer.send(request(operation(Kind.call, "echo", [1]), null, [0]));
      peer.send(later(Notice.drop, 0, undefined, undefined, Notice.drop, 0, undefined, undefined));
    },
    "a drop of what was sent": (peer: RawPeer) => {
      peer.send(callOf("echo", [1]));
      peer.send(later(Notice.drop, 0, undefined, undefined));
    },
    "the end of a promise that it never gave": notice(Notice.settle, 0, true, 1),
    "the failure of a promise that it never gave": notice(Notice.settle, 0, false, 1),
    "the end of a signal that it never gave": notice(Notice.abort, 0),
    "the end of a promise that it never gave, by forgetting": notice(Notice.forget, 0),
    "two ends of a promise": (peer: RawPeer) => {
      peer.send(callWith("echo", [Ref.promise, 3]));
      peer.send(later(Notice.settle, 3, true, 1, Notice.settle, 3, true, 1));
    },
    "two ends of a signal": (peer: RawPeer) => {
      peer.send(callWith("echo", [Ref.signal, 3, false]));
      peer.send(later(Notice.abort, 3, 1, 1, Notice.forget, 3, true, 1));
    },
    "the end of a promise as that of a signal": (peer: RawPeer) => {
      peer.send(callWith("echo", [Ref.promise, 3]));
      peer.send(later(Notice.abort, 3, 1, 1));
    },
  });

  it("of another session lead nowhere", () =>
    withRawPeer(async (other) => {
      other.send(callOf("hand"));
      await other.next();
      await withRawPeer(async (peer) => {
        peer.send(request([Kind.call, 16, [], 0, 1]));
        expect(await peer.session.closed).to.include(violation);
      });
      other.send([0, 1, [Kind.call, 16, [], 0, 1]]);
      expect(await other.next()).to.deep.equal([1, 1, ["handed"]]);
    }));
});

describe("a hostile peer's results", () => {
  leavesNothing();
  closes({
    "an operation on a result that comes later": request([
      Kind.get,
      -2,
      "echo",
      0,
      1,
      ...operation(Kind.call, "echo", 1),
    ]),
    "an operation on a result that never comes": request([Kind.get, Number.MIN_SAFE_INTEGER, "echo", 0, 1]),
    "an operation on a result that was sent": (peer: RawPeer) => {
      peer.send(callOf("echo", [1]));
      peer.send([0, 1, [Kind.get, -1, "length", 0, 1]]);
    },
    "a result that never comes as an argument": callWith("echo", [Ref.result, 7, 0]),
    "a negative result": callWith("echo", [Ref.result, -1, 0]),
    "a result for a negative operation": callWith("echo", [Ref.result, 0, -1]),
    "a result without a number": callWith("echo", [Ref.result]),
  });
});

describe("a hostile peer's holes", () => {
  leavesNothing();
  const hole = (container: unknown, key: unknown, reference: unknown): unknown[] => {
    return request(operation(Kind.call, "echo", container), [container, key, reference]);
  };
  const something = [Ref.export, 3, 0, ""];
  closes({
    "too few parts": request(operation(Kind.call, "touch"), [[], 0]),
    "no container": hole(undefined, 0, something),
    "text for a container": hole("text", 0, something),
    "a number for a container": hole(1, 0, something),
    "no key": hole([1], undefined, something),
    "a key that is not there": hole([1], 1, something),
    "a negative key": hole([1], -1, something),
    "the place of what all objects have": hole({}, "toString", something),
    "the place of the prototype": hole({}, "__proto__", something),
    "the place of the prototype of a function": hole([], "constructor", something),
    "a key that is an object": hole({ "[object Object]": 1 }, {}, something),
    "a length": hole([1], "length", something),
    "a key that a Map has not": hole(new Map([[1, 1]]), 2, something),
    "a place in a Set": hole(new Set([1]), 1, something),
    "a stand-in in an array": hole([1], 0, [Ref.key, something]),
    "a stand-in that a Map has not": hole(new Map(), 1, [Ref.key, something]),
    "a stand-in that a Set has not": hole(new Set(), 1, [Ref.key, something]),
    "a stand-in for a stand-in": hole(new Set([1]), 1, [Ref.key, [Ref.key, something]]),
    "a stand-in for nothing": hole(new Set([1]), 1, [Ref.key]),
    "a place in bytes for what is no number": hole(new BigInt64Array(1), 0, something),
    "no reference": hole([1], 0, undefined),
    "an empty reference": hole([1], 0, []),
    "a reference of no known kind": hole([1], 0, [11]),
    "a reference of a negative kind": hole([1], 0, [-1]),
    "a reference whose kind is text": hole([1], 0, ["0", 3, 0, ""]),
    "something without a slot": hole([1], 0, [Ref.export]),
    "something in a negative slot": hole([1], 0, [Ref.export, -1, 0, ""]),
    "something in slot NaN": hole([1], 0, [Ref.export, NaN, 0, ""]),
    "something without a name": hole([1], 0, [Ref.export, 3, 0]),
    "something whose name is a function's": hole([1], 0, [Ref.export, 3, 0, { length: 1 }]),
    "something with odd traits": hole([1], 0, [Ref.export, 3, -1, ""]),
    "what is not the page's": hole([1], 0, [Ref.home, 16]),
    "what is not exposed": hole([1], 0, [Ref.home, 2]),
    "the page's own, by a path that is none": hole([1], 0, [Ref.member, PAGE, [0], 0]),
    "the page's own, by no path": hole([1], 0, [Ref.member, PAGE]),
    "the page's own, by an endless path": hole([1], 0, [Ref.member, PAGE, endless(), 0]),
    "a promise without a slot": hole([1], 0, [Ref.promise]),
    "a signal without a slot": hole([1], 0, [Ref.signal, "0"]),
    "a stream without a slot": hole([1], 0, [Ref.readable]),
    "another stream without a slot": hole([1], 0, [Ref.writable, {}]),
    "an error without a record": hole([1], 0, [Ref.error]),
    "an error that is text": hole([1], 0, [Ref.error, "text"]),
    "an error without a name": hole([1], 0, [Ref.error, { message: "", own: {} }]),
    "an error whose name is an object": hole([1], 0, [Ref.error, { name: {}, message: "", own: {} }]),
    "an error whose message is a number": hole([1], 0, [Ref.error, { name: "", message: 1, own: {} }]),
    "an error whose stack is a number": hole([1], 0, [Ref.error, { name: "", message: "", stack: 1, own: {} }]),
    "an error whose errors are no list": hole([1], 0, [Ref.error, { name: "", message: "", errors: {}, own: {} }]),
    "an error of its own": hole([1], 0, [Ref.error, { name: "", message: "" }]),
    "an error whose own is nothing": hole([1], 0, [Ref.error, { name: "", message: "", own: null }]),
    "a value of a handler that is not registered": hole([1], 0, [Ref.handled, "nobody", 1]),
    "a value of no handler": hole([1], 0, [Ref.handled]),
    "a value of a handler that is no text": hole([1], 0, [Ref.handled, { toString: 1, valueOf: 1 }, 1]),
    "a value of Comlink's own handler for errors": hole([1], 0, [
      Ref.handled,
      "throw",
      { isError: false, value: { toString: 1, valueOf: 1 } },
    ]),
    "a port for Comlink's own handler": (peer: RawPeer) => {
      const { port1, port2 } = new MessageChannel();
      const list = [1];
      peer.send(request(operation(Kind.call, "echo", list), [list, 0, [Ref.handled, "proxy", port2]]), [port2]);
      port1.close();
    },
  });
});

describe("a hostile peer's holes in what is no data", () => {
  leavesNothing();
  const something = [Ref.export, 3, 0, ""];

  it("write nothing into the page's object through the list of holes", () =>
    withRawPeer(async (peer) => {
      const check = watchPage(peer.page);
      const stream = operation(Kind.call, "echo", 1);
      const holes: unknown[] = [];
      holes.push(holes, 3, [Ref.home, PAGE], [1], "touch", something);
      peer.send(request(stream, holes));
      expect(await peer.session.closed).to.include(violation);
      check();
      checkShared();
    }));

  it("do not change a path that was looked at", () =>
    withRawPeer(async (peer) => {
      const check = watchPage(peer.page);
      const path = ["later", "harmless", "harmless"];
      const name = (text: string) => [Ref.error, { name: text, message: "", own: {} }];
      peer.send(request(operation(Kind.get, path), [path, 1, name("constructor"), path, 2, name("prototype")]));
      const { name: thrown, own } = failureIn(await peer.outcome());
      expect([thrown, own.code]).to.deep.equal(["ContractError", "no-such-member"]);
      check();
      checkShared();
    }));

  it("do not change a path to what comes home", () =>
    withRawPeer(async (peer) => {
      const path = ["touch", "harmless"];
      const stream = operation(Kind.call, "call", undefined);
      const name = [Ref.error, { name: "constructor", message: "", own: {} }];
      peer.send(request(stream, [path, 1, name, stream, 5, [Ref.member, PAGE, path, 0]]));
      expect(await peer.session.closed).to.include(violation);
    }));

  for (const [name, path] of Object.entries({
    code: ["touch", "constructor"],
    prototype: "__proto__",
    nothing: "nothing",
  })) {
    it(`fail the one operation that asks for the page's ${name}`, () =>
      withRawPeer(async (peer) => {
        const stream = operation(Kind.call, "echo", undefined);
        peer.send(request(stream, [stream, 5, [Ref.member, PAGE, path, 0]]));
        const { name: thrown, own } = failureIn(await peer.outcome());
        expect([thrown, own.code]).to.deep.equal(["ContractError", "no-such-member"]);
        await isAlive(peer);
      }));
  }

  it("do not change an error that was looked at", () =>
    withRawPeer(async (peer) => {
      const record = { name: "Error", message: "", stack: "", own: {} };
      const stream = operation(Kind.call, "echo", undefined);
      peer.send(request(stream, [stream, 5, [Ref.error, record], record, "stack", something]));
      expect(await peer.session.closed).to.include(violation);
    }));

  it("are harmless where nobody sees the container", () =>
    withRawPeer(async (peer) => {
      peer.send(request(operation(Kind.call, "touch"), [{ nobody: 1 }, "nobody", something]));
      expect(await peer.outcome()).to.deep.equal([1, 0, [1]]);
      await isAlive(peer);
    }));

  it("may be what is called __proto__, where data has that", () =>
    withRawPeer(async (peer) => {
      const check = watchPage(peer.page);
      const data = JSON.parse('{ "__proto__": 1 }') as object;
      peer.send(request(operation(Kind.call, "echo", data), [data, "__proto__", [Ref.member, PAGE, "inner", 0]]));
      const [, , [value]] = (await peer.outcome()) as [number, number, [object]];
      expect(Object.keys(value)).to.deep.equal(["__proto__"]);
      check();
      checkShared();
    }));

  it("keep the order of keys and members that they replace", () =>
    withRawPeer(async (peer) => {
      const one = {};
      const other = {};
      const set = new Set([1, one, 2, other]);
      const error = [Ref.error, { name: "RangeError", message: "", own: {} }];
      peer.send(request(operation(Kind.call, "echo", set), [set, one, [Ref.key, error], set, other, [Ref.key, error]]));
      const [, , [value]] = (await peer.outcome()) as [number, number, [Set<unknown>]];
      expect(value.size, "the same thing twice is one member").to.equal(3);
    }));
});

describe("a hostile peer's plans", () => {
  leavesNothing();
  const steps = (...list: unknown[]): unknown[] => planOf([list, [0, 1]]);
  const result = (node: unknown): unknown[] => planOf([[], node]);
  const maps = (levels: number): unknown => {
    let body: unknown = [[], [0, 1]];
    for (let level = 0; level < levels; level++) body = [[[3, [0, [1]], body]], [0, 1]];
    return body;
  };
  const deep = (levels: number): unknown => {
    let node: unknown = [0, 1];
    for (let level = 0; level < levels; level++) node = [2, [node]];
    return node;
  };
  closes({
    "no argument": request([Kind.plan, PAGE, [], 0, 1]),
    nothing: planOf(undefined),
    "a plan that is text": planOf("[[], [0, 1]]"),
    "a plan that is a Map": planOf(new Map([[0, []]])),
    "a plan without steps": planOf([null, [0, 1]]),
    "a plan without a result": planOf([[]]),
    "a plan with gaps": planOf([new Array(3), [0, 1]]),
    "an endless plan": planOf([endless(), [0, 1]]),
    "an endless result": result([2, endless()]),
    "endless keys": result([3, [[0, 1]], endless()]),
    "endless arguments": steps([1, [1, 0, 0], "touch", endless()]),
    "a step that is no step": steps(1),
    "an empty step": steps([]),
    "a step of no known kind": steps([4, [1, 0, 0], "touch", []]),
    "a step of a kind that is text": steps(["0", [1, 0, 0], "touch"]),
    "reading without a name": steps([0, [1, 0, 0], null]),
    "reading a path": steps([0, [1, 0, 0], ["touch"]]),
    "reading of nothing": steps([0, undefined, "touch"]),
    "a call without arguments": steps([1, [1, 0, 0], "touch"]),
    "a call by a number": steps([1, [1, 0, 0], 1, []]),
    "a call with an argument that is no node": steps([1, [1, 0, 0], "touch", [1]]),
    "a map without a body": steps([3, [1, 0, 0]]),
    "maps too deep": planOf(maps(33)),
    "data too deep": result(deep(300)),
    "a value of no known kind": result([6, []]),
    "a value of a negative kind": result([-1, []]),
    "an array without values": result([2]),
    "an object without keys": result([3, [[0, 1]]]),
    "an object with too few keys": result([3, [[0, 1]], []]),
    "an object whose keys are text": result([3, [[0, 1]], "a"]),
    "a register that there is not yet": result([1, 0, 1]),
    "its own register": steps([0, [1, 0, 1], "touch"]),
    "a register of its own that comes later": steps([0, [1, 0, 2], "touch"], [0, [1, 0, 0], "touch"]),
    "a negative register": result([1, 0, -1]),
    "a register that is a fraction": result([1, 0, 0.5]),
    "a register that is NaN": result([1, 0, NaN]),
    "the length of registers": result([1, 0, "length"]),
    "a register further out": result([1, 1, 0]),
    "a register further in": result([1, -1, 0]),
    "a register of a level that is text": result([1, "0", 0]),
  });

  const way = (...names: string[]): [unknown[], string] => [
    steps(...names.map((name, at) => [0, [1, 0, at], name])),
    "no-such-member",
  ];
  fails({
    "a plan's way to a constructor": way("touch", "constructor"),
    "a plan's way to a prototype": way("Account", "prototype"),
    "a plan's way to what all objects have": way("hasOwnProperty"),
    "a plan's way to call": [
      steps([1, [1, 0, 0], "touch", []], [0, [1, 0, 0], "touch"], [1, [1, 0, 2], "call", []]),
      "no-such-member",
    ],
    "a plan's way to code": [
      steps([0, [1, 0, 0], "touch"], [2, [1, 0, 1], "constructor", [[0, CODE]]]),
      "no-such-member",
    ],
    "a plan that maps what cannot be": [steps([3, [1, 0, 0], [[], [0, 1]]]), "not-iterable", "DataError"],
    "a plan that maps odd data": [
      steps([3, [0, { toString: 1, valueOf: 1 }], [[], [0, 1]]]),
      "not-iterable",
      "DataError",
    ],
    "a plan that maps what has no end": [
      steps([3, [0, endless()], [[], [0, 1]]]),
      "plan-too-long",
      "LimitExceededError",
    ],
  });

  it("make objects with the keys that they say, and no others", () =>
    withRawPeer(async (peer) => {
      const check = watchPage(peer.page);
      peer.send(
        result([
          3,
          [
            [0, { polluted: true }],
            [0, 1],
          ],
          ["__proto__", "constructor"],
        ]),
      );
      const [, , [value]] = (await peer.outcome()) as [number, number, [object]];
      expect(Object.keys(value)).to.deep.equal(["__proto__", "constructor"]);
      check();
      checkShared();
    }));
});

/** Levels of data that the platform sends: it knows 10,000 to be too many. */
const DEEPEST = ((): number => {
  for (let levels = 10_000; ; levels = Math.floor(levels * 0.9)) {
    try {
      structuredClone(nested(levels));
      return Math.floor(levels / 2);
    } catch {
      // Deeper than the engine's stack.
    }
  }
})();

describe("a hostile peer's data", () => {
  leavesNothing();

  for (const [name, value] of Object.entries({
    "as deep as it can be sent": nested(DEEPEST),
  })) {
    it(`may be ${name}`, () =>
      withRawPeer(async (peer) => {
        const began = performance.now();
        peer.send(callOf("echo", value));
        const outcome = await peer.outcome();
        if (Array.isArray(outcome)) await isAlive(peer);
        else expect(outcome).to.include(violation);
        expect(performance.now() - began).to.be.below(BOUND);
      }));
  }

  it("may refer to something far down", () =>
    withRawPeer(async (peer) => {
      const innermost = [1];
      const data = nested(DEEPEST, innermost);
      peer.send(request(operation(Kind.call, "echo", data), [innermost, 0, [Ref.member, PAGE, "inner", 0]]));
      expect(await peer.outcome()).to.have.property("0", 1);
      await isAlive(peer);
    }));
});

describe("a hostile peer's reply", () => {
  leavesNothing();
  /** The page calls twice, in one message; then the peer answers. */
  const answer =
    (...parts: unknown[]) =>
    async (peer: RawPeer): Promise<void> => {
      for (const call of [peer.remote.one(), peer.remote.two()]) Promise.resolve(call).catch(() => {});
      await peer.next();
      peer.send([1, 0, ...parts]);
    };
  const gap = new Array(1);
  const values: unknown[] = [1, 2];
  closes({
    "nobody waits for": [1, 0, [1]],
    "to another chunk": async (peer: RawPeer) => {
      Promise.resolve(peer.remote.one()).catch(() => {});
      await peer.next();
      peer.send([1, 1, [1]]);
    },
    "given twice": async (peer: RawPeer) => {
      Promise.resolve(peer.remote.one()).catch(() => {});
      await peer.next();
      peer.send([1, 0, [1]]);
      peer.send([1, 0, [1]]);
    },
    "without values": answer(),
    "with values that are none": answer({ length: 2 }),
    "with too few values": answer([1]),
    "with too many values": answer([1, 2, 3]),
    "with endless values": answer(endless()),
    "with holes that are none": answer(values, 1),
    "with failures that are none": answer(values, null, 1),
    "with kept ones that are none": answer(values, null, null, 1),
    "with more than there is to say": answer(values, null, null, null, null),
    "with half a failure": answer(values, null, [0]),
    "with a failure that there is not": answer(values, null, [2, "no"]),
    "with a negative failure": answer(values, null, [-1, "no"]),
    "with a failure of text": answer(values, null, ["0", "no"]),
    "with more failures than operations": answer(values, null, [0, 1, 0, 1, 0, 1]),
    "with gaps in its failures": answer(values, null, Object.assign(new Array(2), { 1: "no" })),
    "with endless failures": answer(values, null, endless(0)),
    "with a kept one that there is not": answer(values, null, null, [2]),
    "with a negative kept one": answer(values, null, null, [-1]),
    "with gaps in its kept ones": answer(values, null, null, gap),
    "with endless kept ones": answer(values, null, null, endless(0)),
    "with a result": answer(values, [values, 0, [Ref.result, 0, 0]]),
    "with a hole that is none": answer(values, [values, 2, [Ref.export, 16, 0, ""]]),
    "with what is not the page's": answer(values, [values, 0, [Ref.home, 16]]),
  });

  it("may say of one that it failed twice, which counts once", () =>
    withRawPeer(async (peer) => {
      const calls = Promise.allSettled([peer.remote.one(), peer.remote.two()]);
      await peer.next();
      peer.send([1, 0, [1, 2], null, [0, "no", 0, "never"]]);
      const [one, two] = await calls;
      expect(one).to.deep.equal({ status: "rejected", reason: "no" });
      expect(two).to.deep.equal({ status: "fulfilled", value: 2 });
      expect(peer.session.pending).to.equal(0);
      await isAlive(peer, 0);
    }));

  it("may call itself what it likes", () =>
    withRawPeer(async (peer) => {
      const check = watchPage(peer.page);
      const call = peer.remote.one();
      call.catch(() => {});
      await peer.next();
      const failures: unknown[] = [0, undefined];
      const own = JSON.parse('{ "__proto__": { "polluted": 1 }, "toString": 1, "name": 1, "then": 1 }') as object;
      const record = { name: "constructor", message: "x", stack: "here", cause: failures, errors: [1], own };
      peer.send([1, 0, [1], [failures, 1, [Ref.error, record]], failures]);
      const error = (await Promise.resolve(call).catch((reason: unknown) => reason)) as Error;
      expect(error).to.be.instanceOf(AggregateError).with.property("name", "constructor");
      expect(String(error)).to.equal("constructor: x");
      check();
      checkShared();
    }));
});
