import { LeaseholdError } from "../errors.js";

export interface Meter {
  maxBytes: number;
  /** Makes the error that the stream fails with beyond that. */
  tooLarge(): LeaseholdError;
  /** Told of each chunk as it goes through. */
  onBytes(bytes: number): void;
  /** Told when no more will, however it ended. */
  onEnd?(): void;
}

/** The same stream of bytes, counted and limited. A failure, or a cancel, reaches the source. */
export function metered(stream: ReadableStream<Uint8Array>, { maxBytes, tooLarge, onBytes, onEnd }: Meter) {
  let total = 0;
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk: unknown, controller) {
      if (!(chunk instanceof Uint8Array)) throw notBytes();
      onBytes(chunk.byteLength);
      total += chunk.byteLength;
      if (total > maxBytes) throw tooLarge();
      controller.enqueue(chunk);
    },
  });
  // How it failed is told by the stream that comes out.
  const end = (): void => onEnd?.();
  stream.pipeTo(writable).then(end, end);
  return readable;
}

function notBytes(): LeaseholdError {
  const message = "A body that is a stream is one of Uint8Arrays: pipe text through a TextEncoderStream first.";
  return new LeaseholdError("DataError", "request-invalid", message);
}
