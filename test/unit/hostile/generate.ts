import { Kind, Ref } from "../../../src/remoting/wire/protocol.js";
import { Random } from "../model/random.js";
import { oddValue } from "./odd-values.js";
import { PAGE } from "./raw-peer.js";

const paths: readonly unknown[] = [
  "touch",
  "echo",
  "later",
  "never",
  "fail",
  "hand",
  "soon",
  "call",
  "list",
  "map",
  "inner",
  "account",
  "Account",
  "forever",
  "readable",
  [],
  ["inner", "twice"],
  ["account", "self"],
  ["account", "deposit"],
  ["Account", "open"],
  ["list", "at"],
  "@@iterate",
  "@@return",
  "next",
  "constructor",
  ["touch", "call"],
];

/** Kinds of operation, the more often the more they do. */
const kinds = [0, 1, 1, 1, 1, 1, 2, 3, 4];
const slots = [16, 17, 18, 19, 20, 0, 1, 2, 3, 2 ** 40];
/** Programs that there may be. */
const plans = [
  () => [[], [1, 0, 0]],
  () => [[[0, [1, 0, 0], "list"]], [1, 0, 1]],
  () => [[[1, [1, 0, 0], "echo", [[0, "x"]]]], [1, 0, 1]],
  () => [
    [
      [0, [1, 0, 0], "list"],
      [3, [1, 0, 1], [[], [1, 1, 0]]],
    ],
    [1, 0, 2],
  ],
];
const few = [0, 0, 1, 1, 1, 2, 3];

/** A request of a hostile peer's that has the shape of an honest one's, and how many operations there are in it. */
export interface Generated {
  request: unknown[];
  count: number;
}

/**
 * Makes a request whose parts each follow from a number, so that what is found can be made smaller.
 * @param first number of its first operation
 */
export function generate(first: number, seeds: readonly number[]): Generated {
  const stream: unknown[] = [];
  const holes: unknown[] = [];
  const quiet: number[] = [];
  let count = 0;
  for (const seed of seeds) {
    const random = new Random(seed);
    const value = (at: number): unknown => {
      if (random.happens(50)) return oddFrom(random);
      holes.push(stream, at, reference(random, first, count));
      return undefined;
    };
    if (random.below(1000) === 0) {
      const at = stream.push(5 + random.below(6), random.one(slots)) - 1;
      stream.push(value(at + 1), value(at + 2));
      continue;
    }
    const target = targetOf(random, first, count);
    const kind = random.one(kinds);
    const argumentCount = kind === Kind.set || kind === Kind.plan ? 1 : random.one(few);
    const times = random.happens(95) ? 1 : 1 + random.below(3);
    const path = pathFrom(random);
    stream.push(kind, target, Array.isArray(path) ? [...(path as unknown[])] : path, argumentCount, times);
    const isPlan = kind === Kind.plan && random.below(300) > 0;
    for (let at = 0; at < argumentCount * times; at++) stream.push(isPlan ? random.one(plans)() : value(stream.length));
    if (random.happens(30)) quiet.push(count);
    count += times;
  }
  return { request: [0, first, stream, holes.length ? holes : null, quiet.length ? quiet : null], count };
}

/** An odd value; not one that takes longer than a hundred others. */
function oddFrom(random: Random): unknown {
  const value = oddValue(random.below(1 << 20));
  return Array.isArray(value) && value.length > 1000 ? [] : value;
}

/** A member that there is, or a name that there may be; seldom what cannot be one. */
function pathFrom(random: Random): unknown {
  if (random.happens(90)) return random.one(paths);
  const odd = oddFrom(random);
  return typeof odd === "string" || random.below(300) === 0 ? odd : ["inner", String(typeof odd)];
}

/** The page's object; or a result, which is there for sure only where it is of the same request. */
function targetOf(random: Random, first: number, index: number): number {
  if (random.happens(75)) return PAGE;
  if (random.below(300) > 0) return index > 0 ? -1 - first - random.below(index) : PAGE;
  return random.happens(50) ? random.one(slots) : -1 - random.below(first + index + 1);
}

/** What stands in a hole: as a rule something that there may be, as a session closes at once for what there is not. */
function reference(random: Random, first: number, index: number): unknown[] {
  const slot = random.one(slots);
  const inner = oddFrom(random);
  if (random.below(1000) === 0) return [random.below(12), slot, inner, index];
  switch (random.below(8)) {
    case 0:
      return [Ref.export, slot, random.below(32), "thing"];
    case 1:
      return [Ref.home, PAGE];
    case 2:
      return index > 0 ? [Ref.result, first + random.below(index), index] : [Ref.home, PAGE];
    case 3:
      return [Ref.promise, slot];
    case 4:
      return [Ref.signal, slot, random.happens(30), inner];
    case 5:
      return [Ref.error, { name: random.one(errors), message: "m", own: { inner }, cause: inner }];
    case 6:
      return [random.one([Ref.readable, Ref.writable]), 100 + slot];
    default:
      return [Ref.member, PAGE, random.one(paths), index];
  }
}

const errors = ["Error", "TypeError", "AggregateError", "LeaseholdError", "x"];
