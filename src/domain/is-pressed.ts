import { PRESSED } from "../remoting/index.js";
import type { Isolation } from "../unit/index.js";

/**
 * Whether somebody has just clicked, or pressed a key, in what a domain's frame shows. How long that counts the browser says: some
 * seconds. The page cannot tell by itself: a press in one frame counts for it, too, and a view can take the focus at any time.
 * @param ended resolves when nobody answers any more
 */
export async function isPressed(
  isolation: Isolation,
  frame: HTMLIFrameElement,
  ended: Promise<unknown>,
): Promise<boolean> {
  const content = frame.contentWindow;
  if (isolation === "worker" || !content) return false;
  if (isolation === "realm") return content.navigator.userActivation.isActive;
  const { port1, port2 } = new MessageChannel();
  const answer = new Promise<boolean>((resolve) => {
    port1.onmessage = ({ data }: MessageEvent<unknown>) => resolve(data === true);
  });
  content.postMessage(PRESSED, "*", [port2]);
  try {
    return await Promise.race([answer, ended.then(() => false)]);
  } finally {
    port1.close();
  }
}
