import { LeaseholdError } from "../errors.js";

export interface FetchOptions {
  signal?: AbortSignal | undefined;
  /** Bytes that may still be read; counted down over all the modules of one unit. */
  budget: { bytes: number; limit: number };
  onBytes(count: number): void;
}

/** Why a text could not be fetched, for messages: whose it is and what wanted it. */
export interface FetchPurpose {
  unit: string;
  wantedBy: string;
}

/**
 * Fetches a text, chunk by chunk, within a budget.
 * @throws LeaseholdError "LoadError" (`fetch-failed`, `http-status`) or "LimitExceededError" (`unit-too-large`)
 */
export async function fetchText(url: URL, purpose: FetchPurpose, options: FetchOptions): Promise<{ text: string; type: string }> {
  const response = await request(url, purpose, options.signal);
  if (!response.ok) {
    throw new LeaseholdError(
      "LoadError",
      "http-status",
      `${purpose.unit}: the server answered ${response.status} for ${url.href}, wanted by ${purpose.wantedBy}. Check the address.`,
      { unit: purpose.unit, cause: response.status },
    );
  }
  const decoder = new TextDecoder();
  let text = "";
  try {
    const reader = response.body?.getReader();
    for (let step = await reader?.read(); step && !step.done; step = await reader?.read()) {
      spend(step.value.byteLength, purpose.unit, options.budget);
      options.onBytes(step.value.byteLength);
      text += decoder.decode(step.value, { stream: true });
    }
  } catch (error) {
    void response.body?.cancel().catch(() => {});
    throw error instanceof LeaseholdError ? error : unreachable(url, purpose, error);
  }
  return { text: text + decoder.decode(), type: response.headers.get("content-type") ?? "" };
}

async function request(url: URL, purpose: FetchPurpose, signal: AbortSignal | undefined): Promise<Response> {
  try {
    return await fetch(url, signal ? { signal } : {});
  } catch (error) {
    throw unreachable(url, purpose, error);
  }
}

function unreachable(url: URL, { unit, wantedBy }: FetchPurpose, cause: unknown): LeaseholdError {
  const message =
    `${unit}: ${url.href}, wanted by ${wantedBy}, could not be fetched. Either the network is down, or the server does not ` +
    `exist, or it does not allow this page to read from it (CORS: it must send Access-Control-Allow-Origin).`;
  return new LeaseholdError("LoadError", "fetch-failed", message, { unit, cause });
}

/** @throws LeaseholdError "LimitExceededError" (`unit-too-large`) once more has been read than was allowed */
export function spend(bytes: number, unit: string, budget: { bytes: number; limit: number }): void {
  budget.bytes -= bytes;
  if (budget.bytes >= 0) return;
  throw new LeaseholdError(
    "LimitExceededError",
    "unit-too-large",
    `${unit} has more than ${budget.limit} bytes of source; raise limits.messageBytes, or make the unit smaller.`,
    { unit },
  );
}
