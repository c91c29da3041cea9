import { LeaseholdError } from "../errors.js";

export interface Meter {
  maxBytes: number;
  /** Ends the stream, with its reason. */
  signal?: AbortSignal;
  /** Makes the error that the stream fails with beyond that. */
  tooLarge(): LeaseholdError;
  /** Told of each chunk as it goes through. */
  onBytes(bytes: number): void;
  /** Told when no more will, however it ended. */
  onEnd?(): void;
}

/** The same stream of bytes, counted and limited. A failure, a cancel, or the signal's end reaches the source. */
export function metered(stream: ReadableStream<Uint8Array>, { maxBytes, signal, tooLarge, onBytes, onEnd }: Meter) {
  let total = 0;
  let giveUp!: () => void;
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>({
    start(controller) {
      giveUp = () => controller.error(signal?.reason);
    },
    transform(chunk: unknown, controller) {
      if (!(chunk instanceof Uint8Array)) throw notBytes();
      onBytes(chunk.byteLength);
      total += chunk.byteLength;
      if (total > maxBytes) throw tooLarge();
      controller.enqueue(chunk);
    },
  });
  // WebKit forgets the reason when it ends a body, and its pipes do not hear a signal while they wait for their source.
  if (signal?.aborted) giveUp();
  else signal?.addEventListener("abort", giveUp);
  // How it failed is told by the stream that comes out.
  const end = (): void => {
    signal?.removeEventListener("abort", giveUp);
    onEnd?.();
  };
  stream.pipeTo(writable).then(end, end);
  return readable;
}

function notBytes(): LeaseholdError {
  const message = "A body that is a stream is one of Uint8Arrays: pipe text through a TextEncoderStream first.";
  return new LeaseholdError("DataError", "request-invalid", message);
}
