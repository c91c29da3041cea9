import { perUnit, type CapabilityUser, type PerUnit } from "../capability/index.js";
import { LeaseholdError } from "../errors.js";
import type { UnitManifest } from "../unit/index.js";
import { checkRequest, type RequestRules } from "./check-request.js";
import type { FetchAnswer, FetchInit, FetchService } from "./fetch-service.js";
import { metered } from "./metered.js";
import { requestBody } from "./request-body.js";
import { Slots } from "./slots.js";

export interface FetcherOptions {
  /** Narrows what a unit may reach, for all or for each. Never more than the `network` that it was granted, which is the default. */
  origins?: readonly string[] | ((manifest: UnitManifest) => readonly string[]);
  /** Default "omit": no cookies, client certificates or passwords of the person's go along, and none are taken. */
  credentials?: RequestCredentials;
  /** Default GET, HEAD, POST, PUT, PATCH and DELETE. */
  methods?: readonly string[];
  /** Names of headers that a unit may send besides the usual ones, e.g. "x-api-key". */
  headers?: readonly string[];
  /** Bytes of an answer's body; default 64 MiB. */
  maxBytes?: number;
  /** Bytes of a request's body; default 16 MiB. */
  maxRequestBytes?: number;
  /**
   * Requests of each unit at a time, until their answers are read; others wait. Default 4: of the 6 connections that a browser opens to a
   * server at most, where that speaks HTTP/1.1, some are left to the page.
   */
  concurrent?: number;
}

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"];

/** What says how to read the body, what is wanted back, and who the unit itself says that it is. */
const HEADERS = [
  "accept",
  "accept-language",
  "authorization",
  "content-language",
  "content-type",
  "if-match",
  "if-modified-since",
  "if-none-match",
  "if-unmodified-since",
  "range",
];

/**
 * A capability: the page fetches for a unit, from the origins that the unit was granted. The requests are the page's, so its origin
 * is what servers see, and its own policy applies to them; no credentials, no referrer and no cache of the page's are used.
 *
 * A redirect is refused before it is followed: a page cannot tell where one leads until the request has been there.
 */
export function fetcher(options: FetcherOptions = {}): PerUnit<FetchService> {
  return perUnit((user) => {
    const own = new UnitFetcher(user, options);
    return (url, init) => own.fetch(url, init);
  });
}

class UnitFetcher {
  readonly #user: CapabilityUser;
  readonly #rules: RequestRules;
  readonly #options: FetcherOptions;
  readonly #slots: Slots;

  constructor(user: CapabilityUser, options: FetcherOptions) {
    const { origins, methods = METHODS, headers = [], concurrent = 4 } = options;
    const { manifest, grant } = user;
    const narrower = typeof origins === "function" ? (origins(manifest) ?? []) : origins;
    const granted = grant.network ?? [];
    this.#user = user;
    this.#options = options;
    this.#slots = new Slots(concurrent);
    this.#rules = {
      unit: manifest.name,
      origins: new Set(narrower ? granted.filter((origin) => narrower.includes(origin)) : granted),
      methods: new Set(methods.map((method) => method.toUpperCase())),
      headers: new Set([...HEADERS, ...headers.map((name) => name.toLowerCase())]),
    };
  }

  async fetch(url: string, init: FetchInit = {}): Promise<FetchAnswer> {
    const { maxBytes = 64 * 2 ** 20, maxRequestBytes = 16 * 2 ** 20, credentials = "omit" } = this.#options;
    const request = checkRequest(url, init, this.#rules);
    const signal = AbortSignal.any([this.#user.signal, ...(request.signal ? [request.signal] : [])]);
    const release = await this.#turn(request.body, signal);
    try {
      const body = await requestBody(request.body, {
        ...request,
        signal,
        maxBytes: maxRequestBytes,
        onBytes: this.#moved,
      });
      const response = await this.#send(request.url, {
        method: request.method,
        headers: request.headers,
        ...body,
        signal,
        credentials,
        mode: "cors",
        cache: "no-store",
        redirect: "manual", // as "error" does, it follows none, and tells that there was one
        referrerPolicy: "no-referrer",
      });
      return this.#answer(response, { maxBytes, signal, onEnd: release });
    } catch (error) {
      release();
      throw error;
    }
  }

  /** Before the body is read: what is collected of it the page has to keep. */
  async #turn(body: unknown, signal: AbortSignal): Promise<() => void> {
    try {
      return await this.#slots.take(signal);
    } catch (error) {
      if (body instanceof ReadableStream) body.cancel(error).catch(() => {});
      throw error;
    }
  }

  async #send(url: URL, init: RequestInit & { signal: AbortSignal }): Promise<Response> {
    try {
      return await fetch(url, init);
    } catch (cause) {
      init.signal.throwIfAborted();
      if (cause instanceof LeaseholdError) throw cause;
      const message = `${url.origin} gave no answer: it cannot be reached, or does not allow ${location.origin} to read what it answers (CORS), or this page's own policy forbids it.`;
      throw new LeaseholdError("LoadError", "fetch-failed", message, { unit: this.#rules.unit, cause });
    }
  }

  #answer(response: Response, rules: { maxBytes: number; signal: AbortSignal; onEnd(): void }): FetchAnswer {
    const { maxBytes } = rules;
    const { status, statusText, ok, url, type, headers, body } = response;
    if (type === "opaqueredirect") throw redirected(url, this.#rules.unit);
    const tooLarge = () =>
      new LeaseholdError(
        "LimitExceededError",
        "response-too-large",
        `The answer of ${url} has more than the ${maxBytes} bytes that a unit may fetch: ask for less of it, by a range for instance.`,
        { unit: this.#rules.unit },
      );
    if (Number(headers.get("content-length")) > maxBytes) {
      void body?.cancel();
      throw tooLarge();
    }
    // A Response of such a status cannot be made with a body, not even with an empty one.
    const hasBody = body !== null && ![204, 205, 304].includes(status);
    if (!hasBody) rules.onEnd();
    return {
      status,
      statusText,
      ok,
      url,
      headers: [...headers],
      body: hasBody ? metered(body, { ...rules, tooLarge, onBytes: this.#moved }) : null,
    };
  }

  readonly #moved = (bytes: number): void => this.#user.audit("", bytes);
}

function redirected(url: string, unit: string): LeaseholdError {
  const message = `${url} redirects elsewhere, which the page cannot check before it is followed: ask for the address that it leads to.`;
  return new LeaseholdError("PermissionDeniedError", "redirect-refused", message, { unit });
}
