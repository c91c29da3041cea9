import { emulateMedia } from "@web/test-runner-commands";
import { inEngine } from "./engine.js";

/** Whether the engine can be told which colours the system has; those of one that cannot are light. */
export const canDarken = inEngine({ chromium: true, firefox: true, webkit: false });

/** Makes the system's colours dark, or light again, where that can be. */
export async function systemScheme(colorScheme: "dark" | "light"): Promise<void> {
  if (canDarken) await emulateMedia({ colorScheme });
}
