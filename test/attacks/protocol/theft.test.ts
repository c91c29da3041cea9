import { expect } from "chai";
import { release, type Unit } from "leasehold";
import { inEveryIsolation } from "../../support/every-isolation.js";
import { rejection } from "../../support/rejection.js";
import { thief, type Thief } from "./thief.js";

/** Has everything in a session run once. */
async function work({ exports }: Unit<Thief>): Promise<void> {
  await exports.look();
  expect(await exports.later(1)).to.equal(1);
  const callback = (value: unknown): boolean => (release(value), Array.isArray(value));
  expect(await exports.call(callback)).to.equal(true);
  await rejection(exports.fail());
  const thing = await new exports.Thing();
  expect(await thing.value).to.equal(1);
  release(thing);
  const chunks: number[] = [];
  const reader = (await exports.stream()).getReader();
  for (let read = await reader.read(); !read.done; read = await reader.read()) chunks.push(read.value);
  expect(chunks).to.deep.equal([1]);
}

inEveryIsolation(
  "a unit that changes what its realm shares",
  ({ use }) => {
    it("comes by no port, whatever of the language and of the platform it has changed", () =>
      use<Thief>(thief, async (unit) => {
        await work(unit);
        const [how, ports] = await unit.exports.report();
        expect([how, ports]).to.deep.equal([[], 0]);
        expect(await unit.exports.abuse()).to.equal(0);
      }));
  },
  ["frame", "worker"],
);

/** A function that is not strict, so that the language may tell it of others that are not. */
const curious = `
  export const seen = [];
  export const ask = new Function("seen", \`return function ask() {
    const note = (found) => typeof found === "function" && found !== ask && seen.push(String(found).slice(0, 100));
    for (let caller = ask.caller, depth = 0; caller && depth < 50; caller = caller.caller, depth++) note(caller);
    const prepare = Error.prepareStackTrace;
    Error.prepareStackTrace = (error, sites) => sites.forEach((site) => (note(site.getFunction()), note(site.getThis())));
    void new Error().stack;
    Error.prepareStackTrace = prepare;
  }\`)(seen);
  export const thing = { get value() { return ask(), 1; } };
`;

inEveryIsolation(
  "a function of a unit's that asks who called it",
  ({ use }) => {
    it("is told of no function of the guest's, by its caller or by a stack", () =>
      use<{ seen: string[]; ask(): void; thing: { value: number } }>(curious, async ({ exports }) => {
        await exports.ask();
        expect(await exports.thing.value).to.equal(1);
        expect(await exports.seen).to.deep.equal([]);
      }));
  },
  ["frame", "worker"],
);
