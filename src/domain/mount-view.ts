import { LeaseholdError } from "../errors.js";
import { createNotifier, Targets, type GuestControl } from "../remoting/index.js";
import type { Domain } from "./domain.js";
import { followHeight } from "./follow-height.js";
import { hideFrame, showFrame } from "./frame-element.js";
import { watchTheme } from "./theme.js";

/** A view that is shown somewhere in the page. */
export interface MountedView {
  /** To be called with each height that the view reports. */
  resized(height: number): void;
  /** Takes the view out of sight again; the unit goes on. Idempotent. */
  unmount(): void;
}

/** What a view reported last. It reports changes, so one that is mounted again, and is as wide as it was, has nothing to say. */
const lastHeights = new WeakMap<Domain, number>();

/**
 * Whether a domain's frame can be shown inside `container`, which `mountView` takes for granted.
 * @throws LeaseholdError "InvalidStateError" (`container-detached`), "NotSupportedError" (`move-unsupported`) where the engine
 *   cannot move a frame without reloading it
 */
export function checkPlace({ frame }: Domain, container: Element): void {
  if (!container.isConnected) {
    throw new LeaseholdError(
      "InvalidStateError",
      "container-detached",
      "A view is shown inside the page: put its container there first.",
    );
  }
  if (frame.parentNode === container || canMove(container)) return;
  const message = "This engine reloads a frame that is moved; pass the view's `container` to load() instead.";
  throw new LeaseholdError("NotSupportedError", "move-unsupported", message);
}

/** Shows a domain's frame inside `container`, as high as its content and in the container's theme. */
export function mountView(domain: Domain, container: Element, title: string): MountedView {
  const { frame } = domain;
  moveFrame(frame, container);
  domain.moved();
  showFrame(frame, title);
  const guest = createNotifier<GuestControl>(domain.session.invoker, Targets.control);
  const stopTheme = watchTheme(frame, container, (theme) => guest.theme(theme));
  let isMounted = true;
  const resized = followHeight((height) => {
    if (!isMounted) return;
    frame.style.height = `${height}px`;
    lastHeights.set(domain, height);
  });
  resized(lastHeights.get(domain) ?? NaN);
  return {
    resized,
    unmount() {
      if (!isMounted) return;
      isMounted = false;
      stopTheme();
      if (!frame.isConnected) return;
      hideFrame(frame);
      moveFrame(frame, document.body);
      domain.moved();
    },
  };
}

/** Element.moveBefore, which not every engine has. */
type Mover = Element & { moveBefore(node: Node, before: Node | null): void };

function canMove(parent: Element): parent is Mover {
  return "moveBefore" in parent;
}

/** Leaves it where it is in an engine that would reload it. */
function moveFrame(frame: HTMLIFrameElement, container: Element): void {
  if (frame.parentNode !== container && canMove(container)) container.moveBefore(frame, null);
}
