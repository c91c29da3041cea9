/** So many changes in a row that came together with the frame's own are what content does whose height depends on it. */
const SUSPICIOUS = 8;
/** Milliseconds without a change after which content counts as settled. */
const SETTLED = 200;
/** An animation may stop for that long once, where the engine is busy. */
const CERTAIN = 2;
/** Milliseconds between measurements that no engine asked for. */
const INTERVAL = 100;
/** Milliseconds between looks whether a frame that was just shown has its width, and how often to look. */
const MOMENT = 8;
const MOMENTS = 60;

/** Looks for a width again, for as many moments. */
let expectWidth = (): void => {};

/** Calls back with the height of a view's content, in CSS pixels, now and whenever it changes. */
export function watchHeight(root: HTMLElement, onHeight: (height: number) => void): void {
  const follow = followContent(onHeight);
  let moments = MOMENTS;
  const measure = (): void => {
    const content = root.getBoundingClientRect();
    // Out of sight it has no width, and no height that means anything. Once shown it soon has one, while Chromium may take
    // another tenth of a second until it observes sizes in there.
    if (content.width === 0) {
      if (moments-- > 0) setTimeout(measure, MOMENT);
      return;
    }
    moments = 0;
    // A horizontal scroll bar takes its height from the content.
    const scrollBar = innerHeight - document.documentElement.clientHeight;
    const height = Math.ceil(content.height) + scrollBar;
    follow({ height, frameHeight: innerHeight, frameWidth: innerWidth });
  };
  expectWidth = () => {
    moments = MOMENTS;
    measure();
  };
  new ResizeObserver(measure).observe(root);
  // A frame that is shown again has its first height, while nothing in it has changed.
  addEventListener("resize", measure);
  // Engines lay nothing out, so observe no sizes, in frames below the fold; and a view is to have its height before it is seen.
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isStale = false;
  const observer = new MutationObserver(() => {
    isStale = timer !== undefined;
    if (isStale) return;
    measure();
    timer = setTimeout(() => {
      timer = undefined;
      if (isStale) measure();
    }, INTERVAL);
  });
  observer.observe(root, { attributes: true, characterData: true, childList: true, subtree: true });
}

interface Measurement {
  /** Of the content. */
  height: number;
  frameHeight: number;
  frameWidth: number;
}

/**
 * Decides which measured heights the host is told, so that content whose height depends on its frame's neither grows for
 * ever (`calc(100vh + 20px)`, `110vh`) nor flips to and fro (`@media (min-height: …)`).
 *
 * 1. What changes while the frame's height stays is told.
 * 2. What changes together with it may be an answer to it, or an animation: a few are told, then none until content settles.
 * 3. The settled height is told. Content that changes with the frame again, each time, does depend on it.
 * 4. Of such content, only its own changes are told, as changes; and a height at which all of it fitted is taken up again.
 */
function followContent(tell: (height: number) => void): (now: Measurement) => void {
  let last: Measurement = { height: -1, frameHeight: -1, frameWidth: -1 };
  let together = 0;
  let dependsOnFrame = false;
  let settled = 0;
  let fitting: number | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const startOver = (): void => {
    clearTimeout(timer);
    together = 0;
    settled = 0;
    fitting = undefined;
  };
  const settle = (): void => {
    settled++;
    tell(last.height);
  };
  return (now) => {
    const before = last;
    last = now;
    const isFrames = now.frameHeight !== before.frameHeight;
    const isContents = now.height !== before.height;
    if (now.frameWidth !== before.frameWidth) {
      startOver();
      dependsOnFrame = false;
      return tell(now.height);
    }
    if (isFrames && !isContents) {
      startOver();
      dependsOnFrame = false;
      if (now.height !== now.frameHeight) tell(now.height);
      return;
    }
    if (!isContents) return;
    if (!isFrames) {
      startOver();
      return tell(dependsOnFrame ? now.frameHeight + now.height - before.height : now.height);
    }
    together++;
    if (now.height <= now.frameHeight) fitting = Math.max(fitting ?? 0, now.frameHeight);
    if (together < SUSPICIOUS && !dependsOnFrame) return tell(now.height);
    dependsOnFrame ||= settled >= CERTAIN;
    if (dependsOnFrame) {
      if (fitting !== undefined && now.height > now.frameHeight) tell(fitting);
      fitting = undefined;
      return;
    }
    clearTimeout(timer);
    timer = setTimeout(settle, SETTLED);
  };
}

/**
 * Puts the surroundings' custom properties and `color-scheme` on this document; an empty value takes one off. They come when
 * a view is mounted, too.
 */
export function showTheme(properties: Record<string, string>): void {
  for (const [name, value] of Object.entries(properties)) document.documentElement.style.setProperty(name, value);
  expectWidth();
}
