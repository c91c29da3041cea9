import { finalizer } from "comlink";
import type { OnStart } from "./failing.js";
import { release } from "../calls/release.js";

/** Chunks that may be on their way at a time: read ahead of the reader, or not yet written. */
export const WINDOW = 16;

/** Microtasks that a source may take for a chunk that travels with the one before it. */
const TURN = 8;

/** What became of a read: the chunks that were there, and whether there are no more. */
export interface ReadResult {
  chunks: unknown[];
  done: boolean;
}

/**
 * Stands for a ReadableStream of this side's on the other. The other side pulls, so that a slow reader holds the source back; works
 * where an engine cannot transfer streams, too. The stream is locked from the first read on.
 */
export class ReadableBridge {
  readonly #stream: ReadableStream;
  #reader: ReadableStreamDefaultReader | undefined;
  #next: Promise<ReadableStreamReadResult<unknown>> | undefined;

  constructor(stream: ReadableStream) {
    this.#stream = stream;
  }

  /** Waits for one chunk, and takes along what follows at once. */
  async read(): Promise<ReadResult> {
    this.#reader ??= this.#stream.getReader();
    const chunks: unknown[] = [];
    while (chunks.length < WINDOW) {
      this.#next ??= this.#reader.read();
      const result = chunks.length === 0 ? await this.#next : await Promise.race([this.#next.catch(later), turn()]);
      if (!result) break;
      this.#next = undefined;
      if (result.done) return { chunks, done: true };
      chunks.push(result.value);
    }
    return { chunks, done: false };
  }

  /** Nobody over there reads any more; a stream that has ended does not mind. */
  [finalizer](reason: unknown): void {
    this.cancel(reason).catch(() => {});
  }

  async cancel(reason: unknown): Promise<void> {
    await (this.#reader ?? this.#stream).cancel(reason);
  }
}

/** A bridge as the other side has it: a remote. */
type RemoteBridge = Pick<ReadableBridge, "read" | "cancel">;

/** The stream on this side for a bridge on the other; it lets go of the bridge when it has ended. */
export function readableFrom(bridge: RemoteBridge, onStart: OnStart): ReadableStream {
  return new ReadableStream(
    {
      start: onStart,
      async pull(controller) {
        try {
          const { chunks, done } = await bridge.read();
          for (const chunk of chunks) controller.enqueue(chunk);
          if (!done) return;
          controller.close();
        } catch (error) {
          controller.error(error);
        }
        release(bridge);
      },
      async cancel(reason) {
        await bridge.cancel(reason);
        release(bridge);
      },
    },
    // Nothing is asked for before somebody reads.
    { highWaterMark: 0 },
  );
}

/** What was read before a failure arrives; the next read has the failure. */
const later = (): undefined => undefined;

async function turn(): Promise<undefined> {
  for (let count = 0; count < TURN; count++) await Promise.resolve();
  return undefined;
}
