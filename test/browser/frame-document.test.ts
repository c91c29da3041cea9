import { expect } from "chai";
import { createHost } from "leasehold";
import { leavesNothing } from "../support/baseline.js";
import { frameText } from "../support/frame-document.js";
import { elsewhere } from "../support/served.js";
import { until } from "../support/until.js";

const frameUrl = "/dist/frame.html";
const role = (isolation: string): string =>
  JSON.stringify({ isolation, policy: "", allow: "", sandbox: "allow-scripts" });

/**
 * Frames a document as anybody can, and tells what it says to the page around it until a while after it has loaded, and has said so
 * much.
 */
async function toldBy(
  prepare: (frame: HTMLIFrameElement) => void,
  least = 0,
): Promise<{ said: unknown[]; ports: MessagePort[] }> {
  const said: unknown[] = [];
  const ports: MessagePort[] = [];
  const frame = document.createElement("iframe");
  const hear = ({ source, data, ports: given }: MessageEvent): void => {
    if (source !== frame.contentWindow) return;
    said.push(data);
    ports.push(...given);
  };
  addEventListener("message", hear);
  prepare(frame);
  const loaded = new Promise((resolve) => frame.addEventListener("load", resolve));
  document.body.append(frame);
  await loaded;
  await until("it has said something", () => said.length >= least);
  await new Promise((resolve) => setTimeout(resolve, 200));
  removeEventListener("message", hear);
  frame.remove();
  return { said, ports };
}

describe("a frame document that is served", () => {
  leavesNothing();

  it("becomes a realm for a page of its own origin", async () => {
    const { said, ports } = await toldBy((frame) => Object.assign(frame, { name: role("realm"), src: frameUrl }));
    expect(said).to.deep.equal(["leasehold:ready"]);
    expect(ports).to.have.length(1);
  });

  it("becomes no realm for a page of another origin, which could run code in there", async () => {
    const src = await elsewhere(frameUrl);
    const { said, ports } = await toldBy((frame) => Object.assign(frame, { name: role("realm"), src }));
    expect(said).to.deep.equal([]);
    expect(ports).to.deep.equal([]);
  });

  it("becomes no realm for a page of another origin that asks for a sandbox, too", async () => {
    const src = await elsewhere(frameUrl);
    for (const sandbox of ["allow-scripts", "allow-scripts allow-same-origin"]) {
      const { ports } = await toldBy((frame) => {
        frame.setAttribute("sandbox", sandbox);
        Object.assign(frame, { name: role("realm"), src });
      });
      expect(ports).to.deep.equal([]);
    }
  });

  for (const isolation of ["frame", "worker"]) {
    it(`becomes no ${isolation} where its origin is not opaque, whoever asks`, async () => {
      for (const src of [frameUrl, await elsewhere(frameUrl)]) {
        for (const sandbox of [undefined, "allow-scripts allow-same-origin"]) {
          const { said, ports } = await toldBy((frame) => {
            if (sandbox !== undefined) frame.setAttribute("sandbox", sandbox);
            Object.assign(frame, { name: role(isolation), src });
          }, 1);
          expect(ports).to.deep.equal([]);
          expect((said[0] as unknown[]).slice(0, 2)).to.deep.equal(["leasehold:down", "parent access"]);
        }
      }
    });
  }

  it("becomes nothing where its name says nothing that it knows, and throws nothing, but tells the console", async () => {
    const text = await frameText();
    const names = [
      "",
      "{",
      "null",
      "[]",
      "7",
      `"realm"`,
      `{"isolation":"realm"}`,
      role("page"),
      role("constructor"),
      JSON.stringify({ isolation: "realm", policy: 1, allow: "", sandbox: "" }),
      JSON.stringify({ isolation: ["realm"], policy: "", allow: "", sandbox: "" }),
    ];
    const told: string[] = [];
    Object.assign(globalThis, { tellTest: (what: string) => told.push(what) });
    const spy = `<script>
      addEventListener("error", ({ message }) => parent.tellTest("error: " + message));
      addEventListener("unhandledrejection", ({ reason }) => parent.tellTest("unhandled: " + reason));
      console.error = (text) => parent.tellTest(text);
    </script>`;
    for (const name of names) {
      told.length = 0;
      const { said } = await toldBy((frame) => Object.assign(frame, { name, srcdoc: spy + text }));
      expect(said, name).to.deep.equal([]);
      expect(told, name).to.have.length(1);
      expect(told[0], name).to.match(/^Leasehold: .*its name/);
    }
    Reflect.deleteProperty(globalThis, "tellTest");
  });

  it("becomes nothing as a page of its own", async () => {
    for (const isolation of ["realm", "frame", "worker"]) {
      const opened = open(frameUrl, role(isolation))!;
      expect(opened, "the window").not.to.equal(null);
      await new Promise((resolve) => opened.addEventListener("load", resolve));
      expect(opened.name).to.equal("");
      expect(opened.document.querySelectorAll("iframe, #root")).to.have.length(0);
      opened.close();
    }
  });
});

describe("what a unit tells the frames around it", () => {
  leavesNothing();

  it("is not taken for a domain's, so it gets no port in and ends nobody", async () => {
    const host = createHost({ pool: {} });
    const code = `
      const forge = () => {
        for (const target of [parent, top]) {
          target.postMessage("leasehold:ready", "*", [new MessageChannel().port1]);
          target.postMessage(["leasehold:down", "network"], "*");
          target.postMessage(["leasehold:left", "https://nowhere.invalid"], "*");
          target.postMessage("leasehold:ended", "*");
        }
      };
      forge();
      export const name = () => "forger";
      export const again = () => { for (let i = 0; i < 100; i++) forge(); };
    `;
    const forger = await host.load<{ name(): string; again(): void }>({ code }, { isolation: "frame" });
    void forger.exports.again();
    const others = await Promise.all(
      (["frame", "worker"] as const).map((isolation) =>
        host.load<{ name(): string }>({ code: `export const name = () => "other";` }, { isolation }),
      ),
    );
    await forger.exports.again();
    for (const other of others) expect(await other.exports.name()).to.equal("other");
    expect(await forger.exports.name()).to.equal("forger");
    await host.dispose();
  });

  it("is its worker's own matter, unless it says that it ends", async () => {
    const host = createHost({ pool: {} });
    const code = `
      export const forge = () => {
        const { port1, port2 } = new MessageChannel();
        postMessage("leasehold:ready", [port1]);
        postMessage(["leasehold:left", "x"]);
        postMessage(["leasehold:down", "network"]);
        dispatchEvent(new MessageEvent("message", { data: "leasehold:ready", ports: [port2] }));
      };
      export const name = () => "forger";
    `;
    const unit = await host.load<{ forge(): void; name(): string }>({ code }, { isolation: "worker" });
    await unit.exports.forge();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await unit.exports.name()).to.equal("forger");
    await host.dispose();
  });
});
