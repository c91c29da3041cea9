import { expect } from "chai";
import { createHost, type Host, type HostEvents, type Limits } from "leasehold";
import { leavesNothing } from "../support/baseline.js";
import { longestGaps, type Gaps } from "../support/heartbeat.js";

/** Milliseconds that the page may not answer for, whatever a worker unit does. */
const BOUND = 100;
/** Milliseconds for which the machine itself may stand still in a run that counts. */
const NOISE = 40;
/** Of the timer that is watched. */
const BEAT = 10;
/** Runs, at most, until the page was never late: what holds it up does so in each. Where the engine does, until it did. */
const RUNS = 4;

/** What the page gives to a unit that floods it. */
export interface PageSide {
  take(...args: unknown[]): unknown;
  make(): () => void;
  never(): Promise<void>;
}

interface Flooding {
  flood(page: PageSide): unknown;
}

/** Something that a unit does too much of. */
export interface Flood {
  name: string;
  /** Body of an async function in the unit, which sees `page`, `context` and `turn`. */
  code: string;
  /**
   * Limit that ends the unit; undefined: it goes on, or is ended by hand. That of operations in a second does so only where the
   * machine does as many.
   */
  limit?: string;
  /** What the load is held to. Default: what holds where nobody says otherwise. */
  limits?: Limits;
  /** Milliseconds after which it is ended by force, as it goes on for ever. */
  forcedAfter?: number;
  /** The engine does the unit's work where the page runs, so that the page is held up all the same. */
  stalls?: boolean;
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

const told = ({ page, machine, milliseconds, limit }: Run): string =>
  `page ${page.toFixed()} ms, machine ${machine.toFixed()} ms, of ${milliseconds.toFixed()} ms; ${limit ?? "no limit"}`;

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function run(host: Host, flood: Flood): Promise<Run> {
  const unit = await host.load<Flooding>(
    { code: codeOf(flood), manifest: { name: "flooding", version: "1.0.0" } },
    { isolation: "worker", ...(flood.limits && { limits: flood.limits }) },
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
  const result = { ...gaps, limit, reason, crash, milliseconds };
  console.log(`${flood.name}: ${told(result)}`);
  return result;
}

/** Describes what becomes of the page, and of the unit, in each of these floods. */
export function describeFloods(title: string, floods: Iterable<Flood>): void {
  describe(title, () => {
    let host: Host;
    before(() => void (host = createHost({ pool: { worker: 1, frame: 0 } })));
    after(() => host.dispose());
    leavesNothing({ hosts: () => [{ stats: () => ({ ...host.stats() }) }] });

    for (const flood of floods) {
      it(`${flood.name}: the page ${flood.stalls ? "is held up by the engine" : "goes on answering"}`, async function () {
        this.timeout(60_000);
        let result = await run(host, flood);
        const isExpected = (): boolean => result.page >= BOUND === Boolean(flood.stalls);
        for (let runs = 1; runs < RUNS && !isExpected(); runs++) result = await run(host, flood);
        const outcomes = flood.limit === "operationsPerSecond" ? [flood.limit, undefined] : [flood.limit];
        expect(outcomes).to.include(result.limit);
        expect(result.reason).to.equal(result.limit ? "violation" : "forced");
        if (result.limit) expect(result.crash).to.include({ name: "LimitExceededError" });
        if (flood.stalls) return void expect(result.page, told(result)).to.be.at.least(BOUND);
        // Where the machine never rests, only what the page was late beyond it says something.
        const noise = result.machine >= NOISE ? result.machine - BEAT : 0;
        expect(result.page - noise, `longest gap of ${told(result)}`).to.be.below(BOUND);
      });
    }
  });
}
