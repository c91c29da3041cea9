import { expect } from "chai";
import { createHost, type Host, type HostEvents } from "leasehold";
import { leavesNothing } from "../support/baseline.js";
import { longestGaps, type Gaps } from "../support/heartbeat.js";

/** Milliseconds that the page may not answer for, whatever a worker unit does. */
const BOUND = 100;
/** Milliseconds for which the machine itself may stand still in a run that counts. */
const NOISE = 40;
/** Runs, at most, until one counts. */
const RUNS = 6;

/** What the page gives to a unit that floods it. */
interface PageSide {
  take(...args: unknown[]): unknown;
  make(): () => void;
  never(): Promise<void>;
}

interface Flooding {
  flood(page: PageSide): unknown;
}

/** Something that a unit does too much of. */
interface Flood {
  name: string;
  /** Body of an async function in the unit, which sees `page`, `context` and `turn`. */
  code: string;
  /** Limit that ends the unit; undefined: the unit goes on, or is ended by hand. */
  limit?: string;
  /** Milliseconds after which it is ended by force, as it goes on for ever. */
  forcedAfter?: number;
}

function* messageFloods(): Generator<Flood> {
  const times = (count: number, act: string): string => `for (let i = 0; i < ${count}; i++) ${act};`;
  const million = (act: string): string => times(1_000_000, act);
  const limit = "operationsPerSecond";
  yield { name: "a million calls of a callback in one turn", code: million("page.take(i)"), limit };
  yield { name: "a million calls with an object each", code: million("page.take({ i })"), limit };
  yield {
    name: "calls in a hundred thousand turns",
    code: times(100_000, "{ page.take(i); page.take(i); page.take(i); await turn(); }"),
    limit,
  };
  yield { name: "a million lines on its console", code: million("console.log(i)"), limit };
  yield { name: "a million activities", code: million('context.activity("work")'), limit };
  yield {
    name: "a million activities that it ends at once",
    code: million('context.activity("work").release()'),
    limit,
  };
  yield {
    name: "releases of all that it gets from the page",
    code: times(
      100,
      "for (const made of await Promise.all(Array.from({ length: 5000 }, () => page.make()))) made[Symbol.dispose]()",
    ),
    limit,
  };
  yield { name: "a million functions", code: million("page.take(() => i)"), limit };
  yield { name: "a million calls that are never answered", code: million("page.never().catch(() => {})"), limit };
  yield {
    name: "a million promises",
    code: times(1000, "page.take(Array.from({ length: 1000 }, async () => 1))"),
    limit,
  };
}

function* hugeMessages(): Generator<Flood> {
  const things: Record<string, [code: string, isRefused?: true]> = {
    "100 MB of text": ['"x".repeat(100 << 20)'],
    "a million objects": ["Array.from({ length: 1_000_000 }, (_, i) => ({ i }))"],
    "an object of a million keys": ["Object.fromEntries(Array.from({ length: 1_000_000 }, (_, i) => ['k' + i, i]))"],
    "a Map of a million entries": ["new Map(Array.from({ length: 1_000_000 }, (_, i) => [i, i]))"],
    "a buffer of 100 MB": ["new ArrayBuffer(100 << 20)"],
    "a number of 50 MB": ["1n << 400_000_000n"],
    "what is nested a hundred thousand deep": [
      "(() => { let deep = []; for (let i = 0; i < 100_000; i++) deep = [deep]; return deep; })()",
      true,
    ],
  };
  for (const [name, [code, isRefused]] of Object.entries(things)) {
    const limit = isRefused ? {} : { limit: "messageBytes" };
    yield { name: `${name}, returned`, code: `return ${code}`, ...limit };
    yield { name: `${name}, passed to a callback`, code: `await page.take(${code})`, ...limit };
    yield { name: `${name}, on its console`, code: `console.log(${code}); await page.take()`, ...limit };
    yield { name: `${name}, thrown`, code: `throw Object.assign(new Error("x"), { thing: ${code} })`, ...limit };
  }
  yield {
    name: "15 MB of text, over and over",
    code: 'const text = "x".repeat(15 << 20); for (let i = 0; i < 20; i++) page.take(text); await page.take()',
  };
}

function* otherFloods(): Generator<Flood> {
  yield {
    name: "a hundred thousand timers",
    code: "await Promise.all(Array.from({ length: 100_000 }, (_, i) => new Promise((resolve) => setTimeout(resolve, i % 100))))",
  };
  yield {
    name: "a hundred thousand intervals",
    code: "for (let i = 0; i < 100_000; i++) setInterval(() => i, 1); await new Promise(() => {})",
    forcedAfter: 2000,
  };
  yield {
    name: "hundreds of megabytes, kept",
    code: "const kept = []; for (let i = 0; i < 50; i++) kept.push(new Uint8Array(8 << 20).fill(1)); await turn()",
  };
  yield {
    name: "gigabytes, dropped as soon as they are written",
    code: "for (let i = 0; i < 300; i++) { new Uint8Array(8 << 20).fill(1); await turn(); }",
  };
  yield { name: "an endless loop", code: "for (;;);", forcedAfter: 2000 };
}

const codeOf = ({ code }: Flood): string => `
  let context;
  export const activate = (given) => { context = given; };
  const { port1, port2 } = new MessageChannel();
  const turn = () => new Promise((resolve) => { port1.onmessage = resolve; port2.postMessage(0); });
  export const flood = async (page) => { ${code} };
`;

/** What became of one flood. */
interface Run extends Gaps {
  limit: string | undefined;
  reason: string | undefined;
  crash: unknown;
  milliseconds: number;
}

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function run(host: Host, flood: Flood): Promise<Run> {
  const unit = await host.load<Flooding>(
    { code: codeOf(flood), manifest: { name: "flooding", version: "1.0.0" } },
    { isolation: "worker" },
  );
  // A warm domain for the next run is started after a load; that is not the flood's doing.
  await pause(400);
  let limit: string | undefined;
  let crash: unknown;
  const onViolation = (event: Event): void => void ({ limit } = (event as CustomEvent<{ limit?: string }>).detail);
  const onCrash = (event: Event): void => void ({ error: crash } = (event as CustomEvent<HostEvents["crash"]>).detail);
  host.addEventListener("violation", onViolation);
  host.addEventListener("crash", onCrash);
  const began = performance.now();
  const gaps = await longestGaps(async () => {
    const page: PageSide = { take: () => undefined, make: () => () => {}, never: () => new Promise(() => {}) };
    const flooding = Promise.resolve(unit.exports.flood(page as never)).catch(() => {});
    const ended = flood.forcedAfter ? pause(flood.forcedAfter) : flooding;
    await Promise.race([ended, unit.unloaded]);
    // What is still on its way belongs to it.
    await pause(200);
    await Promise.all([unit.unload({ mode: "force" }), flooding]);
  });
  const milliseconds = performance.now() - began;
  host.removeEventListener("violation", onViolation);
  host.removeEventListener("crash", onCrash);
  const { reason } = await unit.unloaded;
  return { ...gaps, limit, reason, crash, milliseconds };
}

function describeFloods(title: string, floods: Iterable<Flood>): void {
  describe(title, () => {
    let host: Host;
    before(() => void (host = createHost({ pool: { worker: 1, frame: 0 } })));
    after(() => host.dispose());
    leavesNothing({ hosts: () => [{ stats: () => ({ ...host.stats() }) }] });

    for (const flood of floods) {
      it(`${flood.name}: the page goes on answering`, async function () {
        this.timeout(60_000);
        let result: Run;
        let runs = 0;
        do {
          result = await run(host, flood);
          const { page, machine, milliseconds, limit = "no limit" } = result;
          console.log(
            `${flood.name}: page ${page.toFixed()} ms, machine ${machine.toFixed()} ms, of ${milliseconds.toFixed()} ms; ${limit}`,
          );
        } while (result.page >= BOUND && result.machine >= NOISE && ++runs < RUNS);
        expect(result.limit).to.equal(flood.limit);
        expect(result.reason).to.equal(flood.limit ? "violation" : "forced");
        if (flood.limit) expect(result.crash).to.include({ name: "LimitExceededError" });
        expect(result.page, "longest gap").to.be.below(BOUND);
      });
    }
  });
}

describeFloods("a worker unit that floods the page with messages", messageFloods());
describeFloods("a worker unit that sends what is huge", hugeMessages());
describeFloods("a worker unit that uses up what there is", otherFloods());
