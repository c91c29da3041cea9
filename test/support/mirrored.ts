import { createMirror } from "../../src/guest/mirror.js";
import type { Mirror, Remote } from "../../src/remoting/index.js";
import { openAccount, type Books } from "./account.js";
import { withSessions } from "./session-pair.js";

/** Hands over the mirror of a unit with these exports, over a session, and the unit's account. */
export async function withMirror(
  exports: Record<string, unknown>,
  body: (unit: Books & { mirror: Remote<Mirror> }) => Promise<void>,
): Promise<void> {
  const assign = (name: string, value: unknown): boolean => {
    if (typeof exports[name] === "function") return false;
    exports[name] = value;
    return true;
  };
  const mirror = createMirror("sample@1.0.0", exports, assign);
  await withSessions(mirror, ({ remote }) => body({ ...openAccount(), mirror: remote }));
}
