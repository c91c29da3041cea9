import { expect } from "chai";
import type { UnitView } from "leasehold/components";
import { leavesNothing } from "../support/baseline.js";
import { until } from "../support/until.js";

describe("the static example", () => {
  leavesNothing();

  let frame: HTMLIFrameElement;
  let page: Document;
  const faults: string[] = [];

  beforeEach(async () => {
    frame = document.createElement("iframe");
    frame.src = "/examples/static.html";
    frame.style.cssText = "width: 900px; height: 900px";
    document.body.append(frame);
    await new Promise((resolve) => frame.addEventListener("load", resolve));
    page = frame.contentDocument!;
    const window = frame.contentWindow as Window & typeof globalThis;
    window.addEventListener("error", ({ message }) => faults.push(message));
    window.addEventListener("unhandledrejection", ({ reason }) => faults.push(String(reason)));
    await until("it has started", () => byId("status").textContent.startsWith("Loaded"));
  });
  afterEach(() => {
    frame.remove();
    expect(faults).to.deep.equal([]);
  });

  const byId = <T extends HTMLElement = HTMLElement>(id: string) => page.getElementById(id) as T;
  const preview = () => byId<HTMLIFrameElement>("preview");

  it("calls a unit on what is typed, and shows the answer where nothing in it can run", async () => {
    expect(preview().srcdoc).to.include("<h1>Borrowed code</h1>");
    const text = byId<HTMLTextAreaElement>("text");
    text.value = "Some *new* text <script>parent.pwned = true</script>";
    text.dispatchEvent(new Event("input"));
    await until("the preview has the answer", () => preview().srcdoc.includes("Some <em>new</em> text"));
    expect(preview().sandbox.value).to.equal("");
    expect(preview().hasAttribute("sandbox")).to.equal(true);
  });

  it("shows a unit's view by one tag", async () => {
    const view = page.querySelector("unit-view") as UnitView;
    await until("the view is shown", () => view.unit);
    expect(view.unit!.manifest.name).to.equal("chart");
    await until("it is as high as the chart", () => view.offsetHeight > 400);
  });

  it("takes the unit back", async () => {
    byId("unload").click();
    await until("it says what was given back", () =>
      byId("status").textContent.includes("workers 1, frames 1, ports 1"),
    );
    expect(byId<HTMLTextAreaElement>("text").disabled).to.equal(true);
  });
});
