import { expect } from "chai";
import { createHost, type Host } from "leasehold";
import { leavesNothing } from "../../support/baseline.js";
import { inEveryIsolation } from "../../support/every-isolation.js";
import { until } from "../../support/until.js";
import { createAttackedHost, withCaptured } from "./captured.js";
import { leavesHostAsItWas } from "./watch-host.js";

/**
 * A unit that says, to every window that it can reach, all that a domain says as it starts, with ports of its own: those that answer
 * have taken it for somebody else. It goes on as long as it is told to.
 */
const spoofer = `
  const messages = ["leasehold:ready", "leasehold:ended", ["leasehold:hello", "zzzz"], ["leasehold:port", "a", "b"]];
  let answered = 0;
  let timer;
  const targets = () => {
    const found = [];
    const look = (window, depth) => {
      found.push(window);
      try { for (let at = 0; at < window.length && depth < 4; at++) look(window[at], depth + 1); } catch {}
    };
    if (typeof top === "undefined") return [self];
    look(top, 0);
    found.push(parent, self);
    return [...new Set(found)];
  };
  const say = (post) => {
    for (const message of messages) {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => answered++;
      post(message, [port2]);
      setTimeout(() => port1.close(), 500);
    }
  };
  const round = () => {
    for (const target of targets()) {
      if (typeof top === "undefined") say((message, ports) => self.postMessage(message === "leasehold:ended" ? 0 : message, ports));
      else say((message, ports) => target.postMessage(message, "*", ports));
    }
  };
  export const begin = () => { round(); timer = setInterval(round, 20); };
  export const nest = () => new Promise((resolve) => {
    const frame = document.createElement("iframe");
    frame.srcdoc = "<script>for (let depth = 0; depth < 20; depth++) for (const target of [top, parent, parent.parent]) {" +
      "const { port1, port2 } = new MessageChannel(); target.postMessage('leasehold:ready', '*', [port2]); }</" + "script>";
    frame.onload = () => resolve();
    document.body.append(frame);
    setTimeout(resolve, 300);
  });
  export const stop = () => { clearInterval(timer); return answered; };
`;

interface Spoofer {
  begin(): void;
  nest(): Promise<void>;
  stop(): number;
}

inEveryIsolation(
  "a unit that speaks as if it were a domain that starts",
  ({ use, load, isolation }) => {
    leavesHostAsItWas();

    it("is heard by nobody, before, while and after others start", () =>
      use<Spoofer>(spoofer, async ({ exports }) => {
        await exports.begin();
        if (isolation === "frame") await exports.nest();
        const others = await Promise.all(
          (["frame", "worker", isolation] as const).map((each) =>
            load<{ one(): number }>("export const one = () => 1;", { isolation: each }),
          ),
        );
        for (const other of others) expect(await other.exports.one()).to.equal(1);
        if (isolation === "frame") await exports.nest();
        for (const other of others) await other.unload();
        expect(await exports.stop()).to.equal(0);
      }));
  },
  ["frame", "worker"],
);

inEveryIsolation(
  "a worker that asks for its port again",
  ({ use }) => {
    it("gets none, whatever it listens to and says", () =>
      use<{ ask(): Promise<number> }>(
        `let arrived = 0;
         export const ask = async () => {
           self.onmessage = () => arrived++;
           addEventListener("message", () => arrived++);
           self.postMessage("leasehold:ready");
           dispatchEvent(new MessageEvent("message", { ports: [new MessageChannel().port1] }));
           await new Promise((resolve) => setTimeout(resolve, 100));
           return arrived;
         };`,
        async ({ exports }) => {
          // What it said to itself.
          expect(await exports.ask()).to.equal(2);
        },
      ));
  },
  ["worker"],
);

describe("a domain's frame that hands over more than one port", () => {
  let host: Host;
  before(() => void (host = createAttackedHost()));
  after(() => host.dispose());
  leavesNothing({ hosts: () => [{ stats: () => ({ ...host.stats() }) }] });

  it("is heard by the first alone, also while another unit starts", () =>
    withCaptured(
      host,
      async () => {
        let answered = 0;
        const again = (): void => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => answered++;
          parent.postMessage("leasehold:ready", "*", [port2]);
        };
        for (let turn = 0; turn < 50; turn++) {
          again();
          await new Promise((resolve) => setTimeout(resolve, 10));
        }
        return answered;
      },
      async ({ unit, result }) => {
        const honest = createHost({ pool: {} });
        const other = await honest.load<{ one(): number }>({
          code: "export const one = () => 1;",
          manifest: { name: "other", version: "1.0.0" },
        });
        expect(await other.exports.one()).to.equal(1);
        await other.unload();
        await honest.dispose();
        expect(await result()).to.equal(0);
        expect(unit.state).to.equal("active");
      },
    ));
});

describe("a window inside a unit's own frame", () => {
  let host: Host;
  before(() => void (host = createHost({ pool: {} })));
  after(() => host.dispose());
  leavesNothing({ hosts: () => [{ stats: () => ({ ...host.stats() }) }] });
  leavesHostAsItWas();

  it("may lead to the port, by which the unit ends itself and nothing else", async () => {
    const code = `
      let port;
      export const steal = () => {
        const frame = document.createElement("iframe");
        document.body.append(frame);
        try {
          const { get } = Object.getOwnPropertyDescriptor(frame.contentWindow, "event");
          port = get.call(window)?.target;
        } catch {}
        frame.remove();
        return port instanceof MessagePort;
      };
      export const abuse = () => void (port ?? (() => close())).postMessage({ id: 1, type: "APPLY", path: ["constructor"] });
      export const one = () => 1;`;
    const unit = await host.load<{ steal(): boolean; abuse(): void; one(): number }>(
      { code, manifest: { name: "thief", version: "1.0.0" } },
      { isolation: "frame" },
    );
    const isStolen = await unit.exports.steal();
    console.log(`the port by a window of its own: ${isStolen}`);
    if (isStolen) {
      unit.exports.abuse().then(undefined, () => {});
      await until("the unit has ended", () => unit.state !== "active");
    }
    await unit.unload({ mode: "force" });
    const other = await host.load<{ one(): number }>({ code, manifest: { name: "other", version: "1.0.0" } });
    expect(await other.exports.one()).to.equal(1);
    await other.unload();
  });
});
