/** How the test server is to answer; see `server/responses.js`. */
export interface Served {
  headers?: Record<string, string>;
  /** Short for that header. */
  csp?: string;
  /** Milliseconds: how late it is, or between the pieces of `drip`. */
  ms?: number;
}

/** The address of `path` with the given response headers. */
export const withHeaders = (path: string, served: Served): string => address("headers", served, path);

/** The address of `path`, answered `served.ms` late. */
export const slow = (path: string, served: Served = {}): string => address("slow", served, path);

/** The address of `path`, which comes in twenty pieces. */
export const drip = (path: string, served: Served = {}): string => address("drip", served, path);

/** An address that never answers; with a path, one that stops half way through that file. */
export const hang = (path?: string): string => address("hang", {}, path);

/** An address that answers with that status, and with the file where a path is given. */
export const status = (code: number, path?: string): string => address(`status/${code}`, {}, path);

/** An address that answers what it was asked, as JSON: method, headers, body. */
export const echo = (served: Served = {}): string => address("echo", served);

/** An address that leads to another one. */
export const redirect = (to: string, code = 302): string => address(`status/${code}`, { headers: { Location: to } });

/** The origin of a second server, on another site, with the same files and the same `/support/` addresses. */
export async function otherOrigin(): Promise<string> {
  return (await fetch("/support/other-origin")).text();
}

/** The address of `path`, or of any address built above, on the other origin; readable across origins with `cors`. */
export async function elsewhere(path: string, { cors = false } = {}): Promise<string> {
  const url = new URL(path, await otherOrigin());
  if (cors) url.searchParams.set("cors", "");
  return url.href;
}

/** Paths and queries that the other origin was asked for and that contain `text`, oldest first. */
export async function requestsAbout(text: string): Promise<string[]> {
  const response = await fetch(`/support/requests?about=${encodeURIComponent(text)}`);
  return (await response.json()) as string[];
}

function address(kind: string, { headers = {}, csp, ms }: Served, path?: string): string {
  const query = new URLSearchParams();
  if (path !== undefined) query.set("path", path);
  if (csp !== undefined) query.set("csp", csp);
  if (ms !== undefined) query.set("ms", String(ms));
  for (const [name, value] of Object.entries(headers)) query.append("header", `${name}: ${value}`);
  return `/support/${kind}?${query}`;
}
