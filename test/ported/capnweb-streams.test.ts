import { expect } from "chai";
import { release } from "leasehold/remoting";
import { leavesNothing } from "../support/baseline.js";
import { chunksOf } from "../support/chunks-of.js";
import { rejection } from "../support/rejection.js";
import { until } from "../support/until.js";
import { settled, withPair } from "./support.js";

/** A stream of these chunks. */
const of = <T>(...chunks: T[]): ReadableStream<T> =>
  new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk);
      controller.close();
    },
  });

/** A stream that keeps what is written to it. */
function sink<T>(into: T[], more: UnderlyingSink<T> = {}): WritableStream<T> {
  return new WritableStream({ write: (chunk) => void into.push(chunk), ...more });
}

const data = [{ name: "test", value: 42 }, [1, 2, 3], new Date(1234567890000)];

describe("capnweb: streams to be written", () => {
  leavesNothing();

  const writer = {
    async write(stream: WritableStream<unknown>, ...chunks: unknown[]) {
      const writing = stream.getWriter();
      for (const chunk of chunks) await writing.write(chunk);
      await writing.close();
    },
    async abort(stream: WritableStream<string>, reason: unknown) {
      const writing = stream.getWriter();
      await writing.write("data");
      await writing.abort(reason);
    },
    async label({ stream, label }: { stream: WritableStream<string>; label: string }) {
      const writing = stream.getWriter();
      await writing.write(`${label}: hello`);
      await writing.close();
      return "done";
    },
    async writeAtOnce(stream: WritableStream<number>, count: number) {
      const writing = stream.getWriter();
      await Promise.all(Array.from({ length: count }, (_, index) => writing.write(index)));
      await writing.close();
    },
    begin: (stream: WritableStream<string>) =>
      void stream
        .getWriter()
        .write("data")
        .catch(() => {}),
  };

  it("take what is written over there, and are closed", () =>
    withPair(writer, async ({ remote }) => {
      const chunks: unknown[] = [];
      let isClosed = false;
      const stream = sink(chunks, { close: () => void (isClosed = true) });
      await remote.write(stream, "hello", "world", ...data);
      expect(chunks).to.deep.equal(["hello", "world", ...data]);
      expect(isClosed).to.equal(true);
    }));

  it("may be inside of something", () =>
    withPair(writer, async ({ remote }) => {
      const chunks: string[] = [];
      expect(await remote.label({ stream: sink(chunks), label: "test" })).to.equal("done");
      expect(chunks).to.deep.equal(["test: hello"]);
    }));

  it("tell who writes that a write failed", () =>
    withPair(writer, async ({ remote }) => {
      let writes = 0;
      const stream = new WritableStream({
        write() {
          if (++writes > 2) throw new RangeError("write limit exceeded");
        },
      });
      const error = await rejection(remote.write(stream, "first", "second", "third", "fourth"));
      expect(error).to.be.instanceOf(RangeError).with.property("message", "write limit exceeded");
      expect(writes).to.equal(3);
    }));

  it("are aborted with the reason of who aborts over there", () =>
    withPair(writer, async ({ remote }) => {
      let reason: unknown;
      await remote.abort(sink<string>([], { abort: (given) => void (reason = given) }), "somebody asked for it");
      await until("it is aborted", () => reason);
      expect(reason).to.equal("somebody asked for it");
    }));

  it("are aborted when the session ends before they are closed", () =>
    withPair(
      writer,
      async ({ remote, near }) => {
        const aborted: unknown[] = [];
        const chunks: string[] = [];
        await remote.begin(sink(chunks, { abort: (reason) => void aborted.push(reason) }));
        await until("the write has come", () => chunks.length);
        const reason = new Error("the session is over");
        near.close(reason);
        await until("it is aborted", () => aborted.length);
        expect(aborted).to.deep.equal([reason]);
      },
      { closes: true },
    ));

  it("keep the order of writes that nobody waits for one by one", () =>
    withPair(writer, async ({ remote }) => {
      const chunks: number[] = [];
      const write = async (chunk: number): Promise<void> => {
        await settled(2);
        chunks.push(chunk);
      };
      await remote.writeAtOnce(sink([], { write }), 5);
      expect(chunks).to.deep.equal([0, 1, 2, 3, 4]);
    }));

  /** Writes a hundred chunks and counts how many of them were accepted. */
  const counting = () => {
    const api = {
      accepted: 0,
      async write(stream: WritableStream<string>) {
        const writing = stream.getWriter();
        for (let i = 0; i < 100; i++) {
          await writing.ready;
          await writing.write("x".repeat(10_000));
          api.accepted++;
        }
        await writing.close();
      },
    };
    return api;
  };

  it("hold the writer back while they take nothing", () => {
    const api = counting();
    return withPair(api, async ({ remote }) => {
      const { promise: opened, resolve: open } = Promise.withResolvers<void>();
      let taken = 0;
      const stream = new WritableStream<string>({
        async write() {
          await opened;
          taken++;
        },
      });
      const writing = remote.write(stream).then(() => "done");
      await settled(100);
      expect(taken).to.equal(0);
      expect(api.accepted).to.be.below(50);
      open();
      expect(await writing).to.equal("done");
      expect(taken).to.equal(100);
    });
  });

  it("tell a writer that they hold back that a write before has failed", () =>
    withPair(counting(), async ({ remote }) => {
      const stream = new WritableStream<string>({
        async write() {
          await settled(10);
          throw new Error("simulated");
        },
      });
      expect((await rejection(remote.write(stream))).message).to.equal("simulated");
    }));
});

describe("capnweb: streams to be read", () => {
  leavesNothing();

  const reader = {
    async read(stream: ReadableStream<unknown>) {
      const chunks: unknown[] = [];
      for await (const chunk of chunksOf(stream)) chunks.push(chunk);
      return chunks;
    },
    async first({ stream, label }: { stream: ReadableStream<string>; label: string }) {
      const reading = stream.getReader();
      const { value } = await reading.read();
      await reading.cancel("that will do");
      return `${label}: ${value}`;
    },
    async failure(stream: ReadableStream<string>) {
      return { message: (await rejection(reader.read(stream))).message };
    },
    async sum(stream: ReadableStream<number>) {
      let sum = 0;
      for await (const number of chunksOf(stream)) sum += number;
      return sum;
    },
    async process(input: ReadableStream<string>, output: WritableStream<string>) {
      const writing = output.getWriter();
      for await (const chunk of chunksOf(input)) await writing.write(`processed: ${chunk}`);
      await writing.close();
      return "done";
    },
    give: () => of("from", "there"),
  };

  it("are read over there to their end", () =>
    withPair(reader, async ({ remote }) => {
      expect(await remote.read(of<unknown>("hello", "world", ...data))).to.deep.equal(["hello", "world", ...data]);
    }));

  it("may be results", () =>
    withPair(reader, async ({ remote }) => {
      const chunks: string[] = [];
      for await (const chunk of chunksOf(await remote.give())) chunks.push(chunk);
      expect(chunks).to.deep.equal(["from", "there"]);
    }));

  it("may be inside of something, and need not be read to their end", () => {
    let cancelled: unknown;
    const stream = new ReadableStream<string>(
      {
        pull: (controller) => controller.enqueue("first"),
        cancel: (reason) => void (cancelled = reason),
      },
      { highWaterMark: 0 },
    );
    return withPair(reader, async ({ remote }) => {
      expect(await remote.first({ stream, label: "test" })).to.equal("test: first");
      await until("it is cancelled", () => cancelled);
      expect(cancelled).to.equal("that will do");
    });
  });

  it("tell who reads of the error that they end with", () =>
    withPair(reader, async ({ remote }) => {
      let pulls = 0;
      const stream = new ReadableStream<string>({
        pull(controller) {
          if (pulls++ === 0) controller.enqueue("ok");
          else controller.error(new Error("stream failed"));
        },
      });
      expect(await remote.failure(stream)).to.deep.equal({ message: "stream failed" });
    }));

  it("may have many chunks", () =>
    withPair(reader, async ({ remote }) => {
      expect(await remote.sum(of(...Array(100).keys()))).to.equal(4950);
    }));

  it("may be piped into one that is written, in one call", () =>
    withPair(reader, async ({ remote }) => {
      const chunks: string[] = [];
      expect(await remote.process(of("input"), sink(chunks))).to.equal("done");
      expect(chunks).to.deep.equal(["processed: input"]);
    }));

  // Disposing capnweb's result cancels the stream. Here a stream is the receiver's own, and is cancelled as one is.
  it("are cancelled where they come from when who got them does not want them", () => {
    let cancelled: unknown;
    const give = (): ReadableStream<string> =>
      new ReadableStream({
        start(controller) {
          controller.enqueue("one");
          controller.enqueue("two");
        },
        cancel: (reason) => void (cancelled = reason),
      });
    return withPair({ give }, async ({ remote }) => {
      const stream = await remote.give();
      await stream.cancel("unread");
      await until("it is cancelled", () => cancelled);
      expect(cancelled).to.equal("unread");
    });
  });

  it("are cancelled where they come from when the session ends before they do", () => {
    let cancelled: unknown;
    const give = (): ReadableStream<number> =>
      new ReadableStream({
        pull: (controller) => controller.enqueue(1),
        cancel: (reason) => void (cancelled = reason),
      });
    return withPair(
      { give },
      async ({ remote, far }) => {
        const reading = (await remote.give()).getReader();
        expect(await reading.read()).to.deep.equal({ value: 1, done: false });
        const reason = new Error("the session is over");
        far.close(reason);
        await until("it is cancelled", () => cancelled);
        expect(cancelled).to.equal(reason);
      },
      { closes: true },
    );
  });

  class Chunk {
    constructor(readonly id: number) {}
    square(): number {
      return this.id ** 2;
    }
  }

  it("carry references there", () => {
    const api = {
      async squares(stream: ReadableStream<Chunk>) {
        const chunks = (await reader.read(stream)) as Chunk[];
        const squares = await Promise.all(chunks.map((chunk) => chunk.square()));
        release(chunks);
        return squares;
      },
    };
    return withPair(api, async ({ remote }) => {
      expect(await remote.squares(of(new Chunk(1), new Chunk(2), new Chunk(3)))).to.deep.equal([1, 4, 9]);
    });
  });

  it("carry references back", () =>
    withPair({ give: () => of(new Chunk(6)) }, async ({ remote }) => {
      const reading = (await remote.give()).getReader();
      const { value } = await reading.read();
      expect(await value!.square()).to.equal(36);
      expect(await value!.id).to.equal(6);
      release(value);
      expect((await reading.read()).done).to.equal(true);
    }));
});
