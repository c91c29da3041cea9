import { expect } from "chai";
describe("probe", () => {
  it("passes", () => { expect(1).to.equal(1); });
  it("fails", () => { expect({a:1}).to.deep.equal({a:2}); });
  it.skip("skips", () => {});
  it("has gc", () => { expect(typeof (globalThis as any).gc).to.equal("function"); });
  it("isolates", async () => {
    const frame = document.createElement("iframe");
    frame.sandbox.add("allow-scripts");
    frame.srcdoc = "<script>onmessage=e=>{const end=performance.now()+1500;while(performance.now()<end);parent.postMessage('done','*')}</script>";
    document.body.append(frame);
    await new Promise(r => frame.onload = r);
    let last = performance.now(), gap = 0;
    const timer = setInterval(() => { const n = performance.now(); gap = Math.max(gap, n - last); last = n; }, 10);
    const done = new Promise(r => addEventListener("message", r, { once: true }));
    frame.contentWindow!.postMessage("go", "*");
    await done;
    clearInterval(timer); frame.remove();
    console.log("gap", gap);
    expect(gap).to.be.below(800);
  });
});
