import { expect } from "chai";
import { DISPOSE } from "../../src/dispose.js";
import { withPair } from "../ported/support.js";
import { leavesNothing } from "../support/baseline.js";
import { rejection } from "../support/rejection.js";

const soon = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20));

describe("what waits", () => {
  leavesNothing();

  it("has arguments as they were when the call was made, whatever it waits for", () => {
    const log: unknown[] = [];
    const sink = { add: (list: unknown[]) => void log.push(list) };
    class Log {
      add = sink.add;
    }
    return withPair({ logLater: () => soon().then(() => new Log()), nothing: () => {} }, async ({ remote }) => {
      const opened = remote.logLater();
      await remote.nothing();
      const list = [1];
      const added = opened.add(list);
      list.push(2);
      await added;
      expect(log).to.deep.equal([[1]]);
      (opened as unknown as Disposable)[DISPOSE]();
    });
  });

  it("for a result that was not awaited when its call left, and is before the answer comes, gets it", () =>
    withPair({ list: () => [1, 2, 3] }, async ({ remote, near }) => {
      const list = remote.list();
      for (let turn = 0; near.stats().chunksSent === 0 && turn < 20; turn++) await Promise.resolve();
      expect(near.stats()).to.include({ chunksSent: 1, pending: 1 });
      expect(await list).to.deep.equal([1, 2, 3]);
    }));

  it("on an idle stream learns that the session has closed", () =>
    withPair(
      { read: () => new ReadableStream(), write: () => new WritableStream() },
      async ({ remote, near }) => {
        const reader = (await remote.read()).getReader();
        const writer = (await remote.write()).getWriter();
        near.close(new Error("over"));
        expect((await rejection(reader.closed)).message).to.equal("over");
        expect((await rejection(writer.closed)).message).to.equal("over");
      },
      { closes: true },
    ));
});
