import { expect } from "chai";
import { transfer, type Unit } from "leasehold";
import { chunksOf } from "../support/chunks-of.js";
import { inEngine } from "../support/engine.js";
import { inEveryIsolation } from "../support/every-isolation.js";
import { rejection } from "../support/rejection.js";
import { until } from "../support/until.js";

const code = `
  let produced = 0, cancelled;
  export const source = (to, failing) => new ReadableStream({
    async pull(controller) {
      await null;
      if (produced === to) { if (failing) controller.error(new RangeError("dry")); else controller.close(); return; }
      controller.enqueue({ n: ++produced });
    },
    cancel(reason) { cancelled = String(reason); },
  }, { highWaterMark: 0 });
  export const state = () => ({ produced, cancelled, written, closed, aborted });
  let written = [], closed = false, aborted;
  export const sink = (ms, failAt) => new WritableStream({
    async write(chunk) {
      if (ms) await new Promise((resolve) => setTimeout(resolve, ms));
      if (chunk === failAt) throw new RangeError("full");
      written.push(chunk);
    },
    close() { closed = true; },
    abort(reason) { aborted = String(reason); },
  }, { highWaterMark: 1 });
  export const drain = async ({ stream }) => { const reader = stream.getReader(); const all = []; for (let next; !(next = await reader.read()).done;) all.push(next.value); return all; };
  export const first = async (stream) => { const reader = stream.getReader(); const { value } = await reader.read(); await reader.cancel("enough"); return value; };
  export const readSlowly = async (stream, n, ms) => {
    const reader = stream.getReader();
    for (let i = 0; i < n; i++) { await reader.read(); await new Promise((resolve) => setTimeout(resolve, ms)); }
    await reader.cancel();
  };
  export const fill = async (stream, ...chunks) => { const writer = stream.getWriter(); for (const chunk of chunks) await writer.write(chunk); await writer.close(); };
  export const spill = async (stream) => { const writer = stream.getWriter(); await writer.write(1); await writer.abort(new TypeError("spilt")); };
  export const isTransferred = async (stream) => (await stream.getReader().read()).value;
`;
interface State {
  produced: number;
  cancelled?: string;
  written: unknown[];
  closed: boolean;
  aborted?: string;
}
interface Sample {
  source(to: number, failing?: boolean): ReadableStream<{ n: number }>;
  state(): State;
  sink(ms?: number, failAt?: unknown): WritableStream<unknown>;
  drain(data: { stream: ReadableStream }): Promise<unknown[]>;
  first(stream: ReadableStream): Promise<unknown>;
  readSlowly(stream: ReadableStream, n: number, ms: number): Promise<void>;
  fill(stream: WritableStream, ...chunks: unknown[]): Promise<void>;
  spill(stream: WritableStream): Promise<void>;
  isTransferred(stream: ReadableStream): Promise<unknown>;
}

/** Chunks that may be ahead of a slow end: those on their way, and what each end's queue holds. */
const BOUND = 40;

inEveryIsolation("a stream", ({ use }) => {
  const inUnit = (body: (unit: Unit<Sample>) => unknown): Promise<unknown> => use<Sample>(code, body);
  const counting = (to: number): { stream: ReadableStream<number>; produced(): number; cancelled(): unknown } => {
    let produced = 0;
    let cancelled: unknown;
    const stream = new ReadableStream<number>(
      {
        pull(controller) {
          if (produced === to) controller.close();
          else controller.enqueue(++produced);
        },
        cancel(reason) {
          cancelled = reason;
        },
      },
      { highWaterMark: 0 },
    );
    return { stream, produced: () => produced, cancelled: () => cancelled };
  };

  it("of a unit is read to its end", () =>
    inUnit(async ({ exports }) => {
      const seen: number[] = [];
      for await (const { n } of chunksOf(await exports.source(50))) seen.push(n);
      expect(seen).to.deep.equal(Array.from({ length: 50 }, (_, index) => index + 1));
    }));

  it("of the page is read to its end, also inside data", () =>
    inUnit(async ({ exports }) => {
      expect(await exports.drain({ stream: counting(40).stream })).to.have.length(40);
    }));

  it("is read no further than a slow reader asks, within a bound", () =>
    inUnit(async ({ exports }) => {
      const reader = (await exports.source(10_000)).getReader();
      for (let turn = 0; turn < 5; turn++) {
        await reader.read();
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      expect((await exports.state()).produced).to.be.below(5 + BOUND);
      await reader.cancel("enough");
      const { stream, produced, cancelled } = counting(10_000);
      await exports.readSlowly(stream, 5, 10);
      expect(produced()).to.be.below(5 + BOUND);
      await until("it was cancelled", () => produced() > 0 && cancelled() === undefined);
    }));

  it("is cancelled at its source where the reader cancels", () =>
    inUnit(async ({ exports }) => {
      const reader = (await exports.source(100)).getReader();
      expect(await reader.read()).to.deep.equal({ done: false, value: { n: 1 } });
      await reader.cancel("seen enough");
      expect((await exports.state()).cancelled).to.equal("seen enough");
      const { stream, cancelled } = counting(100);
      expect(await exports.first(stream)).to.equal(1);
      await until("it was cancelled", () => cancelled() === "enough");
    }));

  it("is cancelled also where nothing was read", () =>
    inUnit(async ({ exports }) => {
      await (await exports.source(100)).cancel("unwanted");
      expect((await exports.state()).cancelled).to.equal("unwanted");
    }));

  it("fails for the reader with what it failed with", () =>
    inUnit(async ({ exports }) => {
      const reader = (await exports.source(1, true)).getReader();
      await reader.read();
      const error = await rejection(reader.read());
      expect(error).to.be.instanceOf(RangeError).and.to.include({ message: "dry" });
      const failing = new ReadableStream({ pull: (controller) => controller.error(new TypeError("none")) });
      expect(await rejection(exports.drain({ stream: failing }))).to.be.instanceOf(TypeError);
    }));

  it("of a unit is written to, in order, and closed", () =>
    inUnit(async ({ exports }) => {
      const writer = (await exports.sink()).getWriter();
      for (let n = 0; n < 40; n++) await writer.write(n);
      await writer.close();
      const { written, closed } = await exports.state();
      expect(written).to.deep.equal(Array.from({ length: 40 }, (_, index) => index));
      expect(closed).to.equal(true);
    }));

  it("of the page is written to by the unit, and closed", () =>
    inUnit(async ({ exports }) => {
      const written: unknown[] = [];
      let isClosed = false;
      const sink = new WritableStream({
        write: (chunk) => void written.push(chunk),
        close: () => void (isClosed = true),
      });
      await exports.fill(sink, 1, { two: 2 }, [3]);
      expect(written).to.deep.equal([1, { two: 2 }, [3]]);
      expect(isClosed).to.equal(true);
    }));

  it("holds a fast writer back where its sink is slow, within a bound", () =>
    inUnit(async ({ exports }) => {
      const writer = (await exports.sink(5)).getWriter();
      let accepted = 0;
      const filling = (async () => {
        for (let n = 0; n < 60; n++) {
          await writer.write(n);
          accepted++;
        }
      })();
      await until("some were written", async () => (await exports.state()).written.length >= 3);
      const ahead = accepted - (await exports.state()).written.length;
      expect(ahead).to.be.below(BOUND);
      await filling;
      await writer.close();
      expect((await exports.state()).written).to.have.length(60);
    }));

  it("is aborted at its sink where the writer aborts", () =>
    inUnit(async ({ exports }) => {
      const writer = (await exports.sink()).getWriter();
      await writer.write(1);
      await writer.abort("given up");
      expect((await exports.state()).aborted).to.equal("given up");
      let aborted: unknown;
      await exports.spill(new WritableStream({ abort: (reason) => void (aborted = reason) }));
      expect(aborted).to.be.instanceOf(TypeError).and.to.have.property("message", "spilt");
    }));

  it("fails for the writer, at the latest when it is closed, with what the sink failed with", () =>
    inUnit(async ({ exports }) => {
      const writer = (await exports.sink(0, 2)).getWriter();
      writer.closed.catch(() => {});
      await writer.write(1);
      const writing = writer.write(2).then(() => writer.close());
      expect(await rejection(writing))
        .to.be.instanceOf(RangeError)
        .and.to.include({ message: "full" });
    }));

  it("is transferred where that is asked for", () =>
    inUnit(async ({ exports }) => {
      const { stream } = counting(3);
      if (!inEngine({ chromium: true, firefox: true, webkit: false })) {
        const refused = rejection(exports.isTransferred(transfer(stream, [stream as unknown as Transferable])));
        expect(await refused).to.include({ name: "DataError", code: "not-cloneable" });
        return;
      }
      expect(await exports.isTransferred(transfer(stream, [stream as unknown as Transferable]))).to.equal(1);
      expect(stream.locked).to.equal(true);
    }));
});
