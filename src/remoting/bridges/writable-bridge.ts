import { finalizer } from "comlink";
import type { OnStart } from "./failing.js";
import { release } from "../calls/release.js";
import { WINDOW } from "./readable-bridge.js";

/**
 * Stands for a WritableStream of this side's on the other. Each write is answered when the sink has taken it, which holds a fast
 * writer back. The stream is locked from the first write on.
 */
export class WritableBridge {
  readonly #stream: WritableStream;
  #writer: WritableStreamDefaultWriter | undefined;

  constructor(stream: WritableStream) {
    this.#stream = stream;
  }

  async write(chunk: unknown): Promise<void> {
    await this.#open().write(chunk);
  }

  async close(): Promise<void> {
    await this.#open().close();
  }

  async abort(reason: unknown): Promise<void> {
    await this.#open().abort(reason);
  }

  /** Nobody over there writes any more; a stream that has ended does not mind. */
  [finalizer](reason: unknown): void {
    this.abort(reason).catch(() => {});
  }

  #open(): WritableStreamDefaultWriter {
    return (this.#writer ??= this.#stream.getWriter());
  }
}

/** A bridge as the other side has it: a remote. */
type RemoteBridge = Pick<WritableBridge, "write" | "close" | "abort">;

/** The stream on this side for a bridge on the other; it lets go of the bridge when it has ended. */
export function writableFrom(bridge: RemoteBridge, onStart: OnStart): WritableStream {
  /** Writes that the sink has not taken yet, oldest first. */
  const writing: Promise<void>[] = [];
  const end = async (ending: Promise<void>): Promise<void> => {
    ending.catch(() => {}); // where a write has failed, that is what is told
    try {
      await Promise.all(writing.splice(0));
      await ending;
    } finally {
      release(bridge);
    }
  };
  return new WritableStream({
    start: onStart,
    async write(chunk) {
      const written = Promise.resolve(bridge.write(chunk));
      written.catch(() => {}); // its failure is the next write's, or the end's
      writing.push(written);
      try {
        if (writing.length >= WINDOW) await writing.shift();
      } catch (error) {
        // The stream has failed for good, and nothing else will be asked of it.
        release(bridge);
        throw error;
      }
    },
    close: () => end(bridge.close()),
    abort: (reason) => end(bridge.abort(reason)),
  });
}
