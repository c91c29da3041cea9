import { expect } from "chai";
import type { UnitView } from "leasehold/components";
import "leasehold/components";
import { leavesNothing } from "../support/baseline.js";
import { canMove } from "../support/can-move.js";
import { until } from "../support/until.js";
import { boxUnit, frameOf, inView, removeViews, showView } from "./unit-view-support.js";

/** How often the frame's height has changed since then. */
function countChanges(view: UnitView): () => number {
  let changes = 0;
  new MutationObserver(() => changes++).observe(frameOf(view), { attributes: true, attributeFilter: ["style"] });
  return () => changes;
}

/** The frame's height, once it has stayed the same for half a second. */
async function settledHeight(view: UnitView): Promise<number> {
  let since = performance.now();
  let height = view.offsetHeight;
  await until("the height settles", () => {
    if (view.offsetHeight !== height) since = performance.now();
    height = view.offsetHeight;
    return performance.now() - since > 500;
  });
  return height;
}

const setHeight = (view: UnitView, height: string) => inView(view, `box.style.height = "${height}"`);

const isHigh = (view: UnitView, height: number) => until(`it is ${height}px high`, () => view.offsetHeight === height);

describe("the height of <unit-view>", () => {
  leavesNothing();
  afterEach(removeViews);

  it("is that of the content, when that grows, shrinks, vanishes and comes back", async () => {
    const view = await showView({ source: boxUnit("#box { height: 90px }") });
    for (const height of [90, 700, 60, 0, 240]) {
      await setHeight(view, `${height}px`);
      await isHigh(view, height);
    }
  });

  it("follows content that the width makes higher", async () => {
    const view = await showView({
      source: boxUnit("#box { width: 100px; height: 100px; float: left }", `<div id="box"></div>`.repeat(6)),
    });
    await isHigh(view, 100);
    view.style.width = "300px";
    await isHigh(view, 200);
    view.style.width = "";
    await isHigh(view, 100);
  });

  it("ignores shrinking by 4 pixels or less, and follows more", async () => {
    const view = await showView({ source: boxUnit("#box { height: 100px }") });
    await setHeight(view, "97px");
    expect(await settledHeight(view)).to.equal(100);
    await setHeight(view, "95px");
    await isHigh(view, 95);
    await setHeight(view, "96px");
    await isHigh(view, 96);
  });

  const grows: [string, string][] = [
    ["100vh and padding", "#box { min-height: 100vh; padding: 16px }"],
    ["a little more than 100vh", "#box { height: calc(100vh + 20px) }"],
    ["110vh", "#box { height: 110vh }"],
  ];
  for (const [title, style] of grows) {
    it(`does not grow for ever around content of ${title}`, async () => {
      const view = await showView({ source: boxUnit(style) });
      expect(await settledHeight(view)).to.be.within(150, 600);
    });
  }

  it("does not flip to and fro around content that turns with it, and ends at a height that shows all of it", async () => {
    for (const style of [
      "#box { height: 200px } @media (max-height: 300px) { #box { height: 400px } }",
      "#box { height: 400px } @media (min-height: 120px) { #box { height: 100px } }",
    ]) {
      const view = await showView({ source: boxUnit(style) });
      const height = await settledHeight(view);
      expect(await inView(view, "box.offsetHeight")).to.be.at.most(height);
      view.remove();
    }
  });

  it("follows an animation to its end, but for the 4 pixels that shrinking may leave", async () => {
    const view = await showView({ source: boxUnit("#box { height: 40px; transition: height 400ms linear }") });
    const changes = countChanges(view);
    await setHeight(view, "480px");
    await isHigh(view, 480);
    await setHeight(view, "80px");
    await until("it has shrunk", () => view.offsetHeight >= 80 && view.offsetHeight <= 84);
    expect(changes()).to.be.above(8);
  });

  it("follows steps that are all the same to the last", async () => {
    const view = await showView({ source: boxUnit("#box { height: 50px }") });
    for (const steps of [4, 5, 6, 8, 9, 10]) {
      await inView(
        view,
        `new Promise((resolve) => {
          let height = 50;
          const step = () => {
            box.style.height = (height += 5) + "px";
            if (height < ${50 + 5 * steps}) requestAnimationFrame(step);
            else resolve();
          };
          step();
        })`,
      );
      await isHigh(view, 50 + 5 * steps);
    }
  });

  it("keeps following what changes by itself in content that depends on it", async () => {
    const view = await showView({
      source: boxUnit(
        "#box { padding-bottom: calc(100vh + 10px) } i { display: block }",
        `<div id="box"><i></i></div>`,
      ),
    });
    const before = await settledHeight(view);
    await inView(view, "document.querySelector('i').style.height = '60px'");
    expect(await settledHeight(view)).to.equal(before + 60);
    await inView(view, "document.querySelector('i').style.height = '0'");
    expect(await settledHeight(view)).to.equal(before);
  });

  it("is right below the fold, where engines lay nothing out", async () => {
    const spacer = document.body.appendChild(document.createElement("div"));
    spacer.style.height = "20000px";
    const view = await showView({ source: boxUnit("#box { height: 333px }") });
    expect(view.offsetHeight).to.equal(333);
    await setHeight(view, "222px");
    await isHigh(view, 222);
    spacer.remove();
  });

  it("is right after it was hidden, also where the content changed meanwhile", async () => {
    const view = await showView({ source: boxUnit("#box { height: 200px }") });
    view.hidden = true;
    await setHeight(view, "320px");
    view.hidden = false;
    await isHigh(view, 320);
  });

  it("is right where the same view is mounted again", async () => {
    const view = await showView({ source: boxUnit("#box { height: 333px }") });
    const elsewhere = document.body.appendChild(document.createElement("div"));
    const place = canMove ? elsewhere : frameOf(view).parentElement!;
    const { element, unmount } = await view.unit!.mount(place);
    await until("it has its height", () => element.offsetHeight === 333);
    unmount();
    const again = await view.unit!.mount(place);
    await until("it has its height again", () => again.element.offsetHeight === 333);
    view.remove();
    elsewhere.remove();
  });
});
