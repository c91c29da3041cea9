import { frameDocument } from "virtual:frame-document";
import type { FrameRole } from "../remoting/index.js";
import { trusted } from "../trusted.js";

/**
 * Out of sight, out of the tab order and of the accessibility tree, but rendered: engines throttle `display: none`. No style
 * of the page's for its own frames undoes it.
 */
const hiddenStyle = "position:fixed;width:0;height:0;min-width:0;min-height:0;border:0;visibility:hidden".replaceAll(
  /(?=;|$)/g,
  " !important",
);
/** Without a height, which it gets with the first that the view reports; until then every engine gives it 150 pixels. */
const shownStyle = "display:block;width:100%;border:0;background:transparent";

/**
 * Makes the frame of a domain; it starts when it is put into a document.
 * @param frameUrl where the frame document is served, for pages whose policy forbids inline script
 */
export function createFrame(role: FrameRole, frameUrl: string | URL | undefined): HTMLIFrameElement {
  const frame = document.createElement("iframe");
  if (role.isolation !== "realm") frame.setAttribute("sandbox", role.sandbox);
  frame.allow = role.allow;
  // The role is in the name because a served document and a srcdoc both find it there before their first line.
  frame.name = JSON.stringify(role);
  if (frameUrl === undefined) frame.srcdoc = trusted.html(frameDocument);
  else frame.src = new URL(frameUrl, document.baseURI).href;
  hideFrame(frame);
  return frame;
}

export function hideFrame(frame: HTMLIFrameElement): void {
  frame.style.cssText = hiddenStyle;
  frame.tabIndex = -1;
  frame.ariaHidden = "true";
}

export function showFrame(frame: HTMLIFrameElement, title: string): void {
  frame.style.cssText = shownStyle;
  frame.removeAttribute("tabindex");
  frame.ariaHidden = null;
  frame.title = title;
}
