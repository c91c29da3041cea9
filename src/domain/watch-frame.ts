import { Told } from "../remoting/index.js";

/** Characters of what a unit tried that are told. */
const LONGEST = 200;

/** What happened to a domain that was not closed. */
export interface Loss {
  what: string;
  /** What the unit tried that brought it about, where it was not allowed to. */
  vector?: string;
}

/** Watches over a frame until told to stop. */
export interface FrameWatch {
  /** To be called after the frame was moved on purpose: the trees it is part of are others now. */
  refresh(): void;
  stop(): void;
}

/**
 * Calls back once when what is in a frame is gone: somebody took the frame, or anything around it, out of the document, or
 * moved it by hand (which reloads it), or its document went elsewhere, or was about to. No engine reports any of this to the peer
 * of a port.
 * @param frame one that is in a document
 */
export function watchFrame(frame: HTMLIFrameElement, onLost: (loss: Loss) => void): FrameWatch {
  const content = frame.contentWindow;
  let loads = 0;
  const lost = (what: string, vector?: string): void => {
    stop();
    onLost(vector === undefined ? { what } : { what, vector });
  };
  const onLoad = (): void => {
    if (++loads > 1) lost("what was in its frame went elsewhere, or ended itself");
  };
  const onMessage = ({ source, data }: MessageEvent): void => {
    if (source === null || source !== content || !Array.isArray(data) || data[0] !== Told.left) return;
    const vector = `navigation ${String(data[1] ?? "")}`.trim().slice(0, LONGEST);
    lost(`it tried to leave its frame, which is not allowed (${vector})`, vector);
  };
  const observer = new MutationObserver(() => {
    if (!frame.isConnected) lost("its frame was removed from the page");
    // A frame that was put back has a new window. (One moved by moveBefore keeps its own, and its document.)
    else if (frame.contentWindow !== content) lost("its frame was moved, which reloads it");
  });
  const refresh = (): void => {
    observer.disconnect();
    for (let root = frame.getRootNode(); ; root = (root as ShadowRoot).host.getRootNode()) {
      observer.observe(root, { childList: true, subtree: true });
      if (!(root instanceof ShadowRoot)) break;
    }
  };
  const stop = (): void => {
    observer.disconnect();
    frame.removeEventListener("load", onLoad);
    removeEventListener("message", onMessage);
  };
  frame.addEventListener("load", onLoad);
  addEventListener("message", onMessage);
  refresh();
  return { refresh, stop };
}
