import { refusedByPolicy } from "./refused-by-policy.js";

/**
 * Whether this document's policy refuses to have a frame in here navigated; to be asked before there is anybody who could try.
 * A `data:` document needs no network, so nobody is reached where it does not.
 */
export async function navigationClosed(): Promise<boolean> {
  const frame = document.createElement("iframe");
  frame.style.display = "none";
  frame.src = "data:text/html,";
  const attempt = (): Promise<void> =>
    new Promise((resolve) => {
      frame.addEventListener("load", () => resolve());
      document.body.append(frame);
    });
  try {
    return await refusedByPolicy(({ effectiveDirective }) => effectiveDirective === "frame-src", attempt);
  } finally {
    frame.remove();
  }
}
