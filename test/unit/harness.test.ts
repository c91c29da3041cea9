import { expect } from "chai";
import { withBaseline } from "../support/baseline.js";
import { collectUntil } from "../support/collect.js";
import { inEngine, isolated } from "../support/engine.js";
import { drip, elsewhere, hang, requestsAbout, status, withHeaders } from "../support/served.js";

const file = "/package.json";

describe("the test harness", () => {
  it("runs sandboxed frames in a process of their own where users have them so", async () => {
    const frame = document.createElement("iframe");
    frame.sandbox.add("allow-scripts");
    frame.srcdoc = `<script>
      const end = performance.now() + 500;
      while (performance.now() < end);
      parent.postMessage("looped", "*");
    </script>`;
    let ticks = 0;
    const timer = setInterval(() => ticks++, 10);
    const looped = new Promise((resolve) => addEventListener("message", resolve, { once: true }));
    document.body.append(frame);
    await looped;
    clearInterval(timer);
    frame.remove();
    // Firefox and WebKit run a sandboxed frame where its page runs.
    if (inEngine({ chromium: isolated, firefox: false, webkit: false })) expect(ticks).to.be.above(20);
    else expect(ticks).to.be.below(10);
  });

  it("collects garbage on demand", async () => {
    let collected = false;
    const registry = new FinalizationRegistry(() => (collected = true));
    registry.register({}, undefined);
    await collectUntil("the object is finalized", () => collected);
    registry.unregister(registry); // WebKit calls for nobody that is garbage itself
  });

  it("collects garbage in the frames' processes", async () => {
    const frame = document.createElement("iframe");
    frame.sandbox.add("allow-scripts");
    frame.srcdoc = `<script>
      const registry = new FinalizationRegistry(() => parent.postMessage("collected", "*"));
      registry.register({});
    </script>`;
    let collected = false;
    addEventListener("message", ({ data }) => (collected ||= data === "collected"));
    document.body.append(frame);
    await collectUntil("the frame's object is finalized", () => collected, { everywhere: true });
    frame.remove();
  });

  it("serves a file with the headers a test asks for", async () => {
    const response = await fetch(withHeaders(file, { csp: "default-src 'none'", headers: { "X-Made-Up": "yes" } }));
    expect(response.headers.get("content-security-policy")).to.equal("default-src 'none'");
    expect(response.headers.get("x-made-up")).to.equal("yes");
    expect(await response.json()).to.include({ name: "leasehold" });
  });

  it("serves a file in pieces, an error, and half a file", async () => {
    expect(await (await fetch(drip(file, { ms: 1 }))).json()).to.include({ name: "leasehold" });
    expect((await fetch(status(503))).status).to.equal(503);
    const abort = new AbortController();
    const response = await fetch(hang(file), { signal: abort.signal });
    const chunk = await response.body!.getReader().read();
    expect(chunk.value!.length).to.be.below(Number(response.headers.get("content-length")));
    abort.abort();
  });

  it("has another origin, which sends CORS headers only when asked, and remembers what it was asked for", async () => {
    const blocked = await fetch(await elsewhere(`${file}?harness`)).catch((error: Error) => error.name);
    expect(blocked).to.equal("TypeError");
    expect(await (await fetch(await elsewhere(file, { cors: true }))).json()).to.include({ name: "leasehold" });
    expect(await requestsAbout("?harness")).to.deep.equal([`${file}?harness`]);
  });

  it("notices what a test leaves in the page", async () => {
    const frame = document.createElement("iframe");
    const left = await withBaseline(() => document.body.append(frame), { within: 0 }).catch(String);
    frame.remove();
    expect(left).to.match(/leaves in the page:\s+<iframe/);

    let url = "";
    const leftUrl = await withBaseline(() => (url = URL.createObjectURL(new Blob())), { within: 0 }).catch(
      (error) => error.stack,
    );
    URL.revokeObjectURL(url);
    expect(leftUrl).to.include(`Blob URL ${url}`).and.to.include("harness.test.ts");
  });
});
