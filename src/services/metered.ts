import { LeaseholdError } from "../errors.js";

export interface Meter {
  maxBytes: number;
  /** Makes the error that the stream fails with beyond that. */
  tooLarge(): LeaseholdError;
  /** Told of each chunk as it goes through. */
  onBytes(bytes: number): void;
}

/** The same stream of bytes, counted and limited. A failure, or a cancel, reaches the source. */
export function metered(stream: ReadableStream<Uint8Array>, { maxBytes, tooLarge, onBytes }: Meter) {
  let total = 0;
  return stream.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk: unknown, controller) {
        if (!(chunk instanceof Uint8Array)) throw notBytes();
        onBytes(chunk.byteLength);
        total += chunk.byteLength;
        if (total > maxBytes) throw tooLarge();
        controller.enqueue(chunk);
      },
    }),
  );
}

function notBytes(): LeaseholdError {
  const message = "A body that is a stream is one of Uint8Arrays: pipe text through a TextEncoderStream first.";
  return new LeaseholdError("DataError", "request-invalid", message);
}
