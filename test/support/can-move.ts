import { inEngine } from "./engine.js";

/** Whether a frame that has started can be moved in the page; where it cannot, a view has to start in its place. */
export const canMove = inEngine({ chromium: true, firefox: true, webkit: false });

/** What is said where it cannot. */
export const cannotMove = { name: "NotSupportedError", code: "move-unsupported" };
