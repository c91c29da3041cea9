/** Milliseconds after which a view is shown all the same, at the height that engines give to any frame. */
const PATIENCE = 150;

/**
 * Waits until the frame in `container` has taken its content's height, so that what is around it moves once at most. The
 * host sets it as soon as the view has been laid out, which a frame that was moved is only after the page has been.
 */
export async function firstHeight(container: Element, signal: AbortSignal): Promise<void> {
  const frame = container.querySelector("iframe");
  if (!frame || frame.style.height !== "" || signal.aborted) return;
  await new Promise<void>((resolve) => {
    const observer = new MutationObserver(() => frame.style.height !== "" && finish());
    const timer = setTimeout(finish, PATIENCE);
    observer.observe(frame, { attributes: true, attributeFilter: ["style"] });
    signal.addEventListener("abort", finish, { once: true });
    function finish(): void {
      observer.disconnect();
      clearTimeout(timer);
      resolve();
    }
  });
}
