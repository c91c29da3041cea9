import { expect } from "chai";
import { createEndpoint, expose, releaseProxy, windowEndpoint, wrap } from "leasehold/remoting";
import { leavesNothing } from "../support/baseline.js";
import { until } from "../support/until.js";
import { settled } from "./support.js";

const peer = "/test/ported/comlink-peer.ts";

type Add = (a: number, b: number) => number;
interface FramePeer {
  add: Add;
  /** Adds to `a` what this side makes of `b`. */
  addIncremented: Add;
}

describe("Comlink across workers", () => {
  leavesNothing();

  const withWorker = async (body: (worker: Worker) => unknown): Promise<void> => {
    const worker = new Worker(peer, { type: "module" });
    try {
      await body(worker);
    } finally {
      worker.terminate();
    }
  };

  it("calls", () =>
    withWorker(async (worker) => {
      const add = wrap<Add>(worker);
      expect(await add(1, 3)).to.equal(4);
      add[releaseProxy]();
    }));

  it("gives a further endpoint, whose port is closed when its proxy is released", () =>
    withWorker(async (worker) => {
      const add = wrap<Add>(worker);
      const port = await add[createEndpoint]();
      let closed = 0;
      const { close } = port;
      port.close = () => {
        closed++;
        close.call(port);
      };
      const other = wrap<Add>(port);
      expect(await other(20, 1)).to.equal(21);
      other[releaseProxy]();
      await until("the port is closed", () => closed > 0);
      expect(await add(1, 3), "the worker goes on").to.equal(4);
      add[releaseProxy]();
    }));
});

describe("Comlink across frames", () => {
  leavesNothing();

  const withFrame = async (
    body: (window: Window) => unknown,
    content = `<script type="module" src="${peer}"></script>`,
    sandbox = "allow-scripts allow-same-origin",
  ): Promise<void> => {
    const frame = document.createElement("iframe");
    frame.setAttribute("sandbox", sandbox);
    frame.srcdoc = content;
    const loaded = new Promise((resolve) => (frame.onload = resolve));
    document.body.append(frame);
    try {
      await loaded;
      await body(frame.contentWindow!);
    } finally {
      frame.remove();
    }
  };

  it("calls", () =>
    withFrame(async (window) => {
      const remote = wrap<FramePeer>(windowEndpoint(window));
      expect(await remote.add(1, 3)).to.equal(4);
      remote[releaseProxy]();
    }));

  it("calls both ways over one endpoint", () =>
    withFrame(async (window) => {
      let calls = 0;
      const endpoint = windowEndpoint(window);
      expose((n: number) => {
        calls++;
        return n + 1;
      }, endpoint);
      const remote = wrap<FramePeer>(endpoint);
      expect(await remote.addIncremented(1, 3)).to.equal(5);
      expect(calls).to.equal(1);
      remote[releaseProxy]();
    }));

  it("keeps two frames apart", () =>
    withFrame((first) =>
      withFrame(async (second) => {
        const [one, other] = [first, second].map((window) => wrap<FramePeer>(windowEndpoint(window)));
        const sums = await Promise.all([one!.add(1, 1), other!.add(2, 2), one!.add(3, 3)]);
        expect(sums).to.deep.equal([2, 4, 6]);
        one![releaseProxy]();
        other![releaseProxy]();
      }),
    ));

  /**
   * The content of an opaque frame, which can import nothing from here and so has the library with it. It lets go of what it
   * wrapped, because the page cannot know that a frame is gone.
   */
  const asking = async (): Promise<string> => {
    const library = await (await fetch("/dist/remoting.js")).text();
    const text = JSON.stringify(library).replaceAll("<", "\\u003c");
    return `<script>
      onmessage = async ({ data }) => {
        if (data !== "start") return;
        const url = URL.createObjectURL(new Blob([${text}], { type: "text/javascript" }));
        const { wrap, windowEndpoint, releaseProxy } = await import(url);
        const remote = wrap(windowEndpoint(parent));
        const late = new Promise((resolve) => setTimeout(resolve, 300, "no answer"));
        const outcome = await Promise.race([remote.my, late]);
        remote[releaseProxy]();
        setTimeout(() => parent.postMessage({ outcome }, "*"), 50);
      };
    </script>`;
  };

  /** What the frame of that content tells by a message of its own. */
  const told = (): Promise<unknown> =>
    new Promise((resolve) =>
      addEventListener("message", function hear({ data }: MessageEvent) {
        const { outcome } = (data ?? {}) as { outcome?: unknown };
        if (outcome === undefined) return;
        removeEventListener("message", hear);
        resolve(outcome);
      }),
    );

  for (const [who, origins, outcome] of [
    ["those that match an expression", [/^http:\/\/localhost(:\d+)?$/], "no answer"],
    ["its own origin", [location.origin], "no answer"],
    ["opaque origins", ["null"], "value"],
    ["everybody", undefined, "value"],
  ] as const) {
    it(`answers an opaque frame with ${outcome === "value" ? "the value" : "nothing"} when it lets in ${who}`, async () =>
      withFrame(
        async (window) => {
          const endpoint = windowEndpoint(window);
          expose({ my: "value" }, endpoint, origins && [...origins]);
          const answer = told();
          window.postMessage("start", "*");
          expect(await answer).to.equal(outcome);
        },
        await asking(),
        "allow-scripts",
      ));
  }

  // The same message pollutes every object of the page where stock Comlink lets the origin in.
  for (const sandbox of ["allow-scripts", "allow-scripts allow-same-origin"]) {
    it(`lets nobody assign to what all objects share, from a frame with ${sandbox}`, async () => {
      const exposed = { my: "value" };
      const attack = `<script>
        onmessage = ({ data }) => {
          if (data !== "start") return;
          for (const path of [["__proto__", "foo"], ["constructor", "prototype", "foo"], ["__proto__"]]) {
            parent.postMessage({ id: "1", type: "SET", path, value: { type: "RAW", value: "x" } }, "*");
          }
          parent.postMessage({ outcome: "done" }, "*");
        };
      </script>`;
      await withFrame(
        async (window) => {
          expose(exposed, windowEndpoint(window));
          const done = told();
          window.postMessage("start", "*");
          await done;
          await settled();
          expect({}).not.to.have.property("foo");
          expect(exposed).to.deep.equal({ my: "value" });
        },
        attack,
        sandbox,
      );
    });
  }
});
