import { LeaseholdError, type LeaseholdErrorName } from "../errors.js";

/** What a unit may ask for. */
export interface RequestRules {
  unit: string;
  origins: ReadonlySet<string>;
  /** In upper case. */
  methods: ReadonlySet<string>;
  /** In lower case. */
  headers: ReadonlySet<string>;
}

/** A request that keeps to the rules; its body is still to be looked at. */
export interface CheckedRequest {
  url: URL;
  method: string;
  headers: [name: string, value: string][];
  body: unknown;
  isStreamed: boolean;
  signal: AbortSignal | undefined;
  unit: string;
}

/**
 * Accepts what a unit says of a request.
 * @throws LeaseholdError "DataError" (`request-invalid`), "PermissionDeniedError" (`origin-refused`, `method-refused`, `header-refused`)
 */
export function checkRequest(url: unknown, init: unknown, rules: RequestRules): CheckedRequest {
  const refuse: Refuse = (name, code, message) => new LeaseholdError(name, code, message, { unit: rules.unit });
  const invalid = (message: string) => refuse("DataError", "request-invalid", message);
  if (typeof init !== "object" || init === null)
    throw invalid("What is said of a request is an object: { method, … }.");
  const { method = "GET", headers, body = null, duplex, signal } = init as Record<string, unknown>;
  if (signal && !(signal instanceof AbortSignal)) throw invalid("A request's signal is an AbortSignal.");
  if (typeof method !== "string") throw invalid('A request\'s method is a text, as "POST".');
  const checked = {
    url: checkUrl(url, rules, refuse),
    method: method.toUpperCase(),
    headers: checkHeaders(headers ?? [], rules, refuse),
    body,
    isStreamed: duplex === "half",
    signal: signal instanceof AbortSignal ? signal : undefined,
    unit: rules.unit,
  };
  if (!rules.methods.has(checked.method))
    throw refuse(
      "PermissionDeniedError",
      "method-refused",
      `A unit may not send ${method} here; it may send ${list(rules.methods)}.`,
    );
  if (body !== null && /^(GET|HEAD)$/.test(checked.method))
    throw invalid(`A ${checked.method} request has no body: send it with another method.`);
  return checked;
}

type Refuse = (name: LeaseholdErrorName, code: string, message: string) => LeaseholdError;

function checkUrl(value: unknown, { unit, origins }: RequestRules, refuse: Refuse): URL {
  if (typeof value !== "string" || !URL.canParse(value))
    throw refuse("DataError", "request-invalid", 'Give an absolute address, as "https://api.example.com/towns".');
  const url = new URL(value);
  // The origin of a blob: address is that of whoever made it.
  const isWeb = url.protocol === "https:" || url.protocol === "http:";
  if (!isWeb || !origins.has(url.origin))
    throw refuse(
      "PermissionDeniedError",
      "origin-refused",
      `${unit} may not reach ${isWeb ? url.origin : url.protocol}; it may reach ${list(origins)}. Its manifest asks for more by permissions.network, which the page has to grant.`,
    );
  if (url.username || url.password)
    throw refuse("DataError", "request-invalid", "Send a name and a password as a header, not in the address.");
  return url;
}

function checkHeaders(value: unknown, { headers }: RequestRules, refuse: Refuse): [string, string][] {
  const pairs: unknown[] = Array.isArray(value) ? value : typeof value === "object" ? Object.entries(value ?? {}) : [0];
  return pairs.map((pair) => {
    const [name, text] = Array.isArray(pair) ? (pair as unknown[]) : [];
    if (typeof name !== "string" || typeof text !== "string" || !isHeader(name, text))
      throw refuse("DataError", "request-invalid", "Headers are an object of texts, or a list of [name, text].");
    if (!headers.has(name.toLowerCase()))
      throw refuse(
        "PermissionDeniedError",
        "header-refused",
        `A unit may not send the header "${name}" here; the page allows more by fetcher({ headers }).`,
      );
    return [name, text];
  });
}

function isHeader(name: string, text: string): boolean {
  try {
    new Headers([[name, text]]);
    return true;
  } catch {
    return false;
  }
}

const list = (items: ReadonlySet<string>): string => [...items].join(", ") || "nothing";
