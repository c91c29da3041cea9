import { LeaseholdError } from "../errors.js";
import { metered } from "./metered.js";

export interface BodyRules {
  unit: string;
  /** Whether it may be sent before all of it is there. */
  isStreamed: boolean;
  signal: AbortSignal;
  maxBytes: number;
  onBytes(bytes: number): void;
}

/** The part of `RequestInit` that a body is; the DOM's types lack `duplex`. */
export interface SentBody {
  body?: BodyInit;
  duplex?: "half";
}

/**
 * Accepts what a unit gives as a request's body. A stream is read to its end first, or handed on as it is where that was asked for
 * and the engine can send one.
 * @throws LeaseholdError "DataError" (`request-invalid`), "LimitExceededError" (`request-too-large`)
 */
export async function requestBody(body: unknown, rules: BodyRules): Promise<SentBody> {
  const { unit, isStreamed, signal, maxBytes, onBytes } = rules;

  const tooLarge = () =>
    new LeaseholdError(
      "LimitExceededError",
      "request-too-large",
      `A request of a unit may have ${maxBytes} bytes, and this one has more: send it in parts.`,
      { unit },
    );
  if (body === null) return {};
  if (body instanceof ReadableStream) {
    const meter = { maxBytes, onBytes, tooLarge };
    // What the engine sends, it ends by itself.
    if (isStreamed && sendsStreams()) return { body: metered(body, meter), duplex: "half" };
    return { body: await collect(metered(body, { ...meter, signal })) };
  }
  if (sizeOf(body, unit) > maxBytes) throw tooLarge();
  return { body: body as BodyInit };
}

function sizeOf(body: unknown, unit: string): number {
  if (typeof body === "string") return new Blob([body]).size;
  if (body instanceof Blob) return body.size;
  if (body instanceof ArrayBuffer || ArrayBuffer.isView(body)) return body.byteLength;
  const message = "A request's body is a text, a buffer, a Blob or a stream of Uint8Arrays.";
  throw new LeaseholdError("DataError", "request-invalid", message, { unit });
}

/** Waits for all of a stream. */
async function collect(stream: ReadableStream<Uint8Array>): Promise<Blob> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  const sink = new WritableStream<Uint8Array>({ write: (chunk) => void chunks.push(chunk as Uint8Array<ArrayBuffer>) });
  await stream.pipeTo(sink);
  return new Blob(chunks);
}

/** An engine that cannot would send a text in its place. */
function sendsStreams(): boolean {
  let isAsked = false;
  const { headers } = new Request("https://leasehold.invalid/", {
    method: "POST",
    body: new ReadableStream(),
    get duplex() {
      isAsked = true;
      return "half";
    },
  } as RequestInit);
  return isAsked && !headers.has("content-type");
}
