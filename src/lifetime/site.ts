/** Where this code is: one file in what is built, a file of its own in development. */
const own = import.meta.url;

/** A frame of a stack, in the words of any engine: the address, line and column at its end. */
const FRAME = /(?:\(|@|at )((?:[a-z-]+:\/\/|blob:|\/).*?:\d+):\d+\)?$/;

/**
 * Where in the caller's code this was called from: file and line of the nearest frame that is not of this library.
 * @returns undefined where there is none, or it cannot be told: where this library is in one file with its caller
 */
export function callerSite(): string | undefined {
  const folder = own.endsWith("/lifetime/site.ts") ? own.slice(0, -"lifetime/site.ts".length) : own;
  for (const line of (new Error().stack ?? "").split("\n")) {
    const [, site] = FRAME.exec(line.trim()) ?? [];
    if (site && !site.startsWith(folder)) return site;
  }
  return undefined;
}
