/** What a unit may say of a request; the rest of what `fetch` takes is the page's to decide, and is not looked at. */
export interface FetchInit {
  /** Default "GET". */
  method?: string;
  /** A name may be there more than once in a list of pairs. */
  headers?: Record<string, string> | [name: string, value: string][];
  /** A stream is of Uint8Arrays, and is collected before it is sent, unless `duplex` is there. */
  body?: string | ArrayBuffer | ArrayBufferView | Blob | ReadableStream<Uint8Array> | null;
  /** A streamed body is sent as it comes, where the engine can; the server then has to speak HTTP/2 or later. */
  duplex?: "half";
  /** Aborting it ends the request, and its answer's body; rejects with the signal's reason. */
  signal?: AbortSignal | null;
}

/** What came back: `new Response(answer.body, answer)` makes a Response of it, which can do everything but tell its address. */
export interface FetchAnswer {
  status: number;
  statusText: string;
  ok: boolean;
  url: string;
  /** Those that the server shows to the page. */
  headers: [name: string, value: string][];
  /** Read as it arrives, by pulling; null where there can be none. */
  body: ReadableStream<Uint8Array> | null;
}

/**
 * What a unit gets of `fetcher`: a function that is called as `fetch` is. The address is absolute.
 *
 * Rejects with LeaseholdError "PermissionDeniedError" (`origin-refused`, `method-refused`, `header-refused`, `redirect-refused`),
 * "DataError" (`request-invalid`), "LimitExceededError" (`request-too-large`, `response-too-large`), "LoadError" (`fetch-failed`).
 */
export type FetchService = (url: string, init?: FetchInit) => Promise<FetchAnswer>;
