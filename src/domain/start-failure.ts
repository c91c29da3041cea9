import { LeaseholdError } from "../errors.js";
import { walls, type Wall } from "../remoting/index.js";
import { thrownText } from "../thrown-text.js";
import type { Isolation } from "../unit/index.js";

/** The error of a domain in which our own script, or the first import in it, does not run. */
export function blocked(frame: HTMLIFrameElement, isolation: Isolation, cause: unknown): LeaseholdError {
  const why = cause instanceof Error ? cause.message : thrownText(cause);
  const toDo = frame.src
    ? `Check that ${frame.src} is the library's frame.html, that it is from the same release, and that the policy of this page ` +
      `(frame-src), or its own (it needs 'unsafe-inline' and blob:), does not forbid it. Where this page has a Cross-Origin-Embedder-Policy, ` +
      `serve it with the same, and with Cross-Origin-Resource-Policy: cross-origin.`
    : `Most likely this page's Content Security Policy forbids inline or blob: script, and its frames inherit that: serve the ` +
      `library's frame.html from this site and pass its address as \`frameUrl\`.`;
  const inWebKit =
    isolation === "worker"
      ? ` WebKit starts no worker here where the page has a Cross-Origin-Embedder-Policy: load the unit with isolation "frame" ` +
        `then, or serve the page without it.`
      : "";
  const message = `A domain's frame did not start (${why}). ${toDo}${inWebKit}`;
  return new LeaseholdError("LoadError", "domain-blocked", message, { cause });
}

/** What to look at where a wall is down. */
const checks: Record<Wall, string> = {
  navigation: "the frame document's own policy (frame-src 'none') is not in force",
  network: "the unit's Content Security Policy is not in force in its domain",
  "parent access": "the frame's origin is not opaque, so its sandbox attribute is not the library's",
  storage: "the frame can use its origin's storage, so its sandbox attribute is not the library's",
};

/** The error of a domain from which a unit could get out; none was let in. */
export function wallsDown(down: readonly Wall[]): LeaseholdError {
  const message =
    `A domain is open, and no unit was let in: ${down.map((wall) => `the ${wall} wall is down (${checks[wall]})`).join("; ")}. ` +
    `Check that nothing in this page changes the library's frames, that a \`frameUrl\` leads to the frame.html of the same release, ` +
    `unchanged, and that nothing between rewrites it.`;
  return new LeaseholdError("LoadError", "wall-down", message);
}

/** What was said to be down, of anything that an untrusted place says. */
export function wallsIn(data: unknown): Wall[] {
  return Array.isArray(data) ? walls.filter((wall) => data.includes(wall)) : [];
}

/** The error of a domain that somebody took out of the page before it was ready. */
export function lostAtStart(what: string): LeaseholdError {
  return new LeaseholdError(
    "LoadError",
    "domain-lost",
    `A domain was lost as it started: ${what}. Load the unit again.`,
  );
}
