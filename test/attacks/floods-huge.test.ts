import { inEngine, isolated } from "../support/engine.js";
import { describeFloods, type Flood } from "./flood.js";

/** What goes by every way that there is; the others are returned. */
const everyWay = new Set(["100 MB of text", "a million objects"]);

function* hugeMessages(): Generator<Flood> {
  const things: Record<string, [code: string, isWithin?: true]> = {
    "100 MB of text": ['"x".repeat(100 << 20)'],
    "a million objects": ["Array.from({ length: 1_000_000 }, (_, i) => ({ i }))"],
    "an object of a million keys": ["Object.fromEntries(Array.from({ length: 1_000_000 }, (_, i) => ['k' + i, i]))"],
    "a Map of a million entries": ["new Map(Array.from({ length: 1_000_000 }, (_, i) => [i, i]))"],
    "a buffer of 30 MB": ["new ArrayBuffer(30 << 20)", true],
    "a buffer of 100 MB": ["new ArrayBuffer(100 << 20)"],
    // Firefox and WebKit have none of more than 128 kB, and throw.
    "a number of 50 MB": [
      "1n << 400_000_000n",
      ...inEngine<[true?]>({ chromium: [], firefox: [true], webkit: [true] }),
    ],
    "what is nested a hundred thousand deep": [
      "(() => { let deep = []; for (let i = 0; i < 100_000; i++) deep = [deep]; return deep; })()",
      true,
    ],
  };
  for (const [name, [code, isWithin]] of Object.entries(things)) {
    const limit = isWithin ? {} : { limit: "messageBytes" };
    yield { name: `${name}, returned`, code: `return ${code}`, ...limit };
    if (!everyWay.has(name)) continue;
    yield { name: `${name}, passed to a callback`, code: `await page.take(${code})`, ...limit };
    // Firefox copies what a worker logs to where the page runs; so does Chromium with a text, where that is the worker's process, too.
    const stalls = inEngine({ chromium: !isolated && name.endsWith("text"), firefox: true, webkit: false });
    yield { name: `${name}, on its console`, code: `console.log(${code}); await page.take()`, ...limit, stalls };
    yield { name: `${name}, thrown`, code: `throw Object.assign(new Error("x"), { thing: ${code} })`, ...limit };
  }
  yield {
    name: "15 MB of text, over and over",
    code: 'const text = "x".repeat(15 << 20); for (let i = 0; i < 20; i++) await page.take(text)',
  };
}

describeFloods("a worker unit that sends what is huge", hugeMessages());
