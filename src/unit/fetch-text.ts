import { LeaseholdError } from "../errors.js";
import type { SourceBudget } from "./source-budget.js";

export interface FetchOptions {
  signal: AbortSignal;
  /** Shared by all the modules of one unit. */
  budget: SourceBudget;
  onBytes(count: number): void;
}

/** What a text is fetched for: whose it is and what wanted it, for messages. */
export interface FetchPurpose {
  unit: string;
  wantedBy: string;
}

export interface FetchedText {
  /** Every character of the file, a byte order mark too: encoded again, it has the file's own digest. */
  text: string;
  /** Its media type, without parameters; "" where the server tells none. */
  type: string;
  /** Where it came from in the end. */
  url: URL;
}

/**
 * Fetches a text, chunk by chunk, within a budget.
 * @throws LeaseholdError "LoadError" (`fetch-failed`, `http-status`, `not-utf8`), "LimitExceededError" (`unit-too-large`)
 */
export async function fetchText(url: URL, purpose: FetchPurpose, options: FetchOptions): Promise<FetchedText> {
  const { unit, wantedBy } = purpose;
  const response = await request(url, purpose, options.signal);
  if (!response.ok) {
    void response.body?.cancel().catch(() => {});
    const message = `${unit}: the server answered ${response.status} for ${url.href}, wanted by ${wantedBy}. Check the address.`;
    throw new LeaseholdError("LoadError", "http-status", message, { unit, cause: response.status });
  }
  const text = decode(await readBody(response, url, purpose, options), url, purpose);
  const [type = ""] = (response.headers.get("content-type") ?? "").split(";");
  return { text, type: type.trim().toLowerCase(), url: new URL(response.url || url) };
}

async function request(url: URL, purpose: FetchPurpose, signal: AbortSignal): Promise<Response> {
  try {
    return await fetch(url, { signal });
  } catch (error) {
    throw unreachable(url, purpose, error);
  }
}

async function readBody(
  { body }: Response,
  url: URL,
  purpose: FetchPurpose,
  { budget, onBytes }: FetchOptions,
): Promise<Uint8Array[]> {
  const chunks: Uint8Array[] = [];
  const reader = body?.getReader();
  try {
    for (let step = await reader?.read(); step && !step.done; step = await reader?.read()) {
      budget.spend(step.value.byteLength, purpose.unit);
      onBytes(step.value.byteLength);
      chunks.push(step.value);
    }
  } catch (error) {
    void reader?.cancel().catch(() => {});
    throw error instanceof LeaseholdError ? error : unreachable(url, purpose, error);
  }
  return chunks;
}

function decode(chunks: Uint8Array[], url: URL, { unit }: FetchPurpose): string {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  try {
    return chunks.map((chunk) => decoder.decode(chunk, { stream: true })).join("") + decoder.decode();
  } catch (cause) {
    const message = `${unit}: ${url.href} is not UTF-8 text. Save it as UTF-8; check that it is a text at all.`;
    throw new LeaseholdError("LoadError", "not-utf8", message, { unit, cause });
  }
}

function unreachable(url: URL, { unit, wantedBy }: FetchPurpose, cause: unknown): LeaseholdError {
  const message =
    `${unit}: ${url.href}, wanted by ${wantedBy}, could not be fetched. Either the network is down, or the server does not ` +
    `exist, or it does not allow this page to read from it (CORS: it must send Access-Control-Allow-Origin).`;
  return new LeaseholdError("LoadError", "fetch-failed", message, { unit, cause });
}
