import { refusedByPolicy } from "./refused-by-policy.js";

/**
 * Has a request made that leads nowhere, and a policy refuse something, so that the first real probe of a frame, which its load waits
 * for, meets an engine that has done both. The policy is the outer frame's, which a frame inside it takes over.
 */
export async function rehearseRefusal(): Promise<void> {
  const base = document.createElement("base");
  base.href = "https://wall.invalid/";
  const attempt = async (): Promise<void> => {
    document.head.append(base);
    base.remove();
    await fetch("data:,");
  };
  await refusedByPolicy(({ effectiveDirective }) => effectiveDirective === "base-uri", attempt);
}
