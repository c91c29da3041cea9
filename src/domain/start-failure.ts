import { LeaseholdError } from "../errors.js";
import { thrownText } from "../thrown-text.js";

/** The error of a domain in which our own script, or the first import in it, does not run. */
export function blocked(frame: HTMLIFrameElement, cause: unknown): LeaseholdError {
  const why = cause instanceof Error ? cause.message : thrownText(cause);
  const message = frame.src
    ? `A domain's frame did not start (${why}). Check that ${frame.src} is the library's frame.html, that it is from the same ` +
      `release, and that the policy of this page (frame-src), or its own (it needs 'unsafe-inline' and blob:), does not forbid it.`
    : `A domain's frame did not start (${why}). Most likely this page's Content Security Policy forbids inline or blob: script, ` +
      `and its frames inherit that: serve the library's frame.html from this site and pass its address as \`frameUrl\`.`;
  return new LeaseholdError("LoadError", "domain-blocked", message, { cause });
}

/** The error of a domain that somebody took out of the page before it was ready. */
export function lostAtStart(what: string): LeaseholdError {
  return new LeaseholdError(
    "LoadError",
    "domain-lost",
    `A domain was lost as it started: ${what}. Load the unit again.`,
  );
}
