import { expect } from "chai";
import { createHost } from "leasehold";
import type { UnitView } from "leasehold/components";
import { leavesNothing } from "../support/baseline.js";
import { until } from "../support/until.js";

const base = "/support/embedding";
const pages = ["html", "react", "vue", "svelte"];
const nothing = "Units 0, frames 0, workers 0";
const both = "Units 2, frames 2, workers 1";
const text = "Something else";

interface QrCode {
  svg(text: string): string;
}

/** What the unit answers, from a host of the test's own. */
async function answerOf(asked: string): Promise<string> {
  const host = createHost({ pool: {} });
  const unit = await host.load<QrCode>("/examples/units/qrcode/built/unit.json");
  const svg = await unit.exports.svg(asked);
  await host.dispose();
  return svg;
}

describe("a page that embeds units from the packed project", () => {
  let expected: string;
  before(async function () {
    this.timeout(120_000); // packs, and builds three pages
    expect(await fetch(`${base}/html/index.html`)).to.have.property("ok", true);
    expected = `data:image/svg+xml,${encodeURIComponent(await answerOf(text))}`;
  });
  leavesNothing();

  for (const name of pages) {
    it(`written in ${name} shows a view, calls a unit on what is typed, and takes both back, again and again`, async () => {
      const frame = document.createElement("iframe");
      frame.src = `${base}/${name}/index.html`;
      frame.style.cssText = "width: 900px; height: 900px";
      document.body.append(frame);
      await new Promise((resolve) => frame.addEventListener("load", resolve));
      const page = frame.contentDocument!;
      const window = frame.contentWindow as Window & typeof globalThis;
      const faults: string[] = [];
      window.addEventListener("error", ({ message }) => faults.push(message));
      window.addEventListener("unhandledrejection", ({ reason }) => faults.push(String(reason)));
      const find = <T extends HTMLElement>(selector: string) => page.querySelector<T>(selector)!;
      const saysThat = (status: string) =>
        until(`it says "${status}"`, () => find("[role=status]")?.textContent === status, 15_000);

      try {
        for (let time = 0; time < 2; time++) {
          await saysThat(both);
          const view = find<UnitView>("unit-view");
          const chart = (await until("the view is shown", () => view.unit)).exports as { image?(): Promise<string> };
          await until("it is as high as the chart", () => view.offsetHeight > 300);
          await until("the chart is drawn", async () => /^data:image\/png;base64,.{1000}/.test(await chart.image!()));

          const image = find<HTMLImageElement>("img");
          await until("the page shows an answer", () => image.src.includes("%3Csvg"));
          expect(image.src).to.not.equal(expected);
          const input = find<HTMLInputElement>("input");
          // React keeps watch over the property of the element itself, and takes what is set there for its own.
          Object.getOwnPropertyDescriptor(window.HTMLInputElement.prototype, "value")!.set!.call(input, text);
          input.dispatchEvent(new window.Event("input", { bubbles: true }));
          await until("the page shows the answer", () => image.src === expected);

          find("button").click();
          await saysThat(nothing);
          expect(window.length, "frames in the page, its shadow trees included").to.equal(0);
          expect(page.querySelectorAll("unit-view, img")).to.have.length(0);
          find("button").click();
        }
        await until("a domain of theirs is starting", () => window.length > 0);
        find("button").click();
        await until("what was still being loaded has gone", () => window.length === 0, 15_000);
        find("button").click();
        await saysThat(both);
        expect(faults).to.deep.equal([]);
      } finally {
        frame.remove();
      }
    });
  }
});
