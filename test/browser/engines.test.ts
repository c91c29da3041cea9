import { createHost, type Host, type Isolation, type Unit } from "leasehold";
import { leavesNothing } from "../support/baseline.js";
import { collectUntil } from "../support/collect.js";
import { isolated } from "../support/engine.js";
import { fact } from "../support/engine-fact.js";
import { longestGaps } from "../support/heartbeat.js";
import { rejection } from "../support/rejection.js";
import { elsewhere } from "../support/served.js";

/** Milliseconds of a loop, and of a gap that nobody notices beside it. */
const LOOP = 1000;
const SHORT = 300;

const all = { chromium: true, firefox: true, webkit: true };
const onlyChromium = { chromium: true, firefox: false, webkit: false };
const notWebKit = { chromium: true, firefox: true, webkit: false };

const code = `
  export const loop = (ms) => { for (const end = performance.now() + ms; performance.now() < end;); };
  export const forever = () => { for (;;); };
  export const evaluate = (text) => (0, eval)(text);
  export const reach = (url) => fetch(url).then(() => true, () => false);
  export const read = async (stream) => { const { value } = await stream.getReader().read(); return value; };
  export const fail = () => { throw new Error("told"); };
  export const activate = ({ root }) => root?.append("drawn");
`;
interface Sample {
  loop(ms: number): void;
  forever(): void;
  evaluate(text: string): unknown;
  reach(url: string): boolean;
  read(stream: ReadableStream<string>): string;
  fail(): void;
}

describe("what engines differ in", () => {
  let host: Host;
  before(() => void (host = createHost({ pool: { frame: 0, worker: 0 } })));
  after(() => host.dispose());
  leavesNothing({ hosts: () => [{ stats: () => ({ ...host.stats() }) }] });

  const inA = async <R>(isolation: Isolation, body: (unit: Unit<Sample>) => R | Promise<R>): Promise<R> => {
    const manifest = { name: "sample", version: "1.0.0", view: isolation === "frame" };
    const unit = await host.load<Sample>({ code, manifest }, { isolation });
    try {
      return await body(unit);
    } finally {
      await unit.unload({ mode: "force" });
    }
  };
  /** Whether an expression is, or resolves to, something true in a unit's realm. */
  const has = (isolation: Isolation, expression: string) => () =>
    inA(isolation, ({ exports }) =>
      exports.evaluate(`(async () => Boolean(await (${expression})))().catch(() => false)`),
    );

  describe("that the page goes on", () => {
    const pageGoesOn = (isolation: Isolation) => () =>
      inA(isolation, async ({ exports }) => (await longestGaps(() => exports.loop(LOOP))).page < SHORT);
    fact("while a unit in a worker computes", all, pageGoesOn("worker"));
    fact("while a unit in a frame computes", { ...onlyChromium, chromium: isolated }, pageGoesOn("frame"));
    fact("while a unit in a realm computes", false, pageGoesOn("realm"));

    fact("after a unit in a worker that never stops was unloaded by force", all, async () => {
      const unit = await host.load<Sample>({ code }, { isolation: "worker" });
      const forever = rejection(unit.exports.forever());
      await new Promise((resolve) => setTimeout(resolve, 50));
      const { reason } = await unit.unload({ mode: "force" });
      return reason === "forced" && (await forever).name === "DomainUnloadedError";
    });
  });

  describe("that a view", () => {
    fact("is shown where its unit is loaded into a container", all, async () => {
      const container = document.body.appendChild(document.createElement("div"));
      const manifest = { name: "sample", version: "1.0.0", view: true };
      const unit = await host.load<Sample>({ code, manifest }, { isolation: "frame", container });
      const isShown = container.querySelector("iframe") !== null;
      await unit.unload();
      container.remove();
      return isShown;
    });
    fact("can be mounted later, and moved", notWebKit, () =>
      inA("frame", async (unit) => {
        const container = document.body.appendChild(document.createElement("div"));
        const mounting = unit.mount(container).then(
          ({ unmount }) => (unmount(), true),
          (error: Error) => error.name !== "NotSupportedError",
        );
        return mounting.finally(() => container.remove());
      }),
    );
  });

  describe("that a unit in a worker has", () => {
    fact(
      "a secure context, and with it crypto.subtle",
      { ...all, chromium: false },
      has("worker", "isSecureContext && crypto.subtle"),
    );
    fact("caches that keep anything", false, has("worker", "caches.open('own')"));
    fact("workers of its own", all, has("worker", "typeof Worker === 'function'"));
    fact("WebAssembly", all, has("worker", "WebAssembly.validate(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]))"));
    fact("OffscreenCanvas", all, has("worker", "typeof OffscreenCanvas === 'function'"));
  });

  describe("that a unit in a frame has", () => {
    fact("a secure context, and with it crypto.subtle", all, has("frame", "isSecureContext && crypto.subtle"));
    fact("constructors of WebRTC", false, has("frame", "typeof RTCPeerConnection === 'function'"));
    fact("local storage", false, has("frame", "localStorage"));
  });

  describe("that code", () => {
    fact("may say `using`, as it is written", notWebKit, () => {
      try {
        return typeof new Function("{ using nothing = null; } return 1") === "function";
      } catch {
        return false;
      }
    });
    fact("finds Symbol.dispose in a unit", all, has("worker", "typeof Symbol.dispose === 'symbol'"));
    fact("can transfer a stream; every engine can send one by reference", notWebKit, () => {
      try {
        const stream = new ReadableStream();
        structuredClone(stream, { transfer: [stream as unknown as Transferable] });
        return true;
      } catch {
        return false;
      }
    });
    fact("can read, chunk by chunk, a stream that was sent", all, () =>
      inA("worker", async ({ exports }) => {
        const stream = new ReadableStream<string>({
          start(controller) {
            controller.enqueue("chunk");
            controller.close();
          },
        });
        return (await exports.read(stream)) === "chunk";
      }),
    );
  });

  describe("that the host is told", () => {
    const violationIn = (isolation: Isolation) => () =>
      inA(isolation, async (unit) => {
        const told = new Promise<boolean>((resolve) => {
          host.addEventListener("violation", () => resolve(true), { once: true });
        });
        const isReached = await unit.exports.reach(await elsewhere("/package.json?engines"));
        if (isReached) return "it gets through";
        // Whoever is told, is told before the answer to a later call.
        const late = (async () => {
          for (let turn = 0; turn < 20; turn++) await unit.exports.reach("data:,");
          return false;
        })();
        return Promise.race([told, late]);
      });
    fact("of what a policy refused a unit in a frame", all, violationIn("frame"));
    fact("of what a policy refused a unit in a worker; it is refused in any case", notWebKit, violationIn("worker"));
    const placeTold = (text: (unit: Unit<Sample>) => Promise<unknown>) => () =>
      inA("worker", async (unit) =>
        /unit:\/\/\/sample@1\.0\.0\/\S+:\d+:\d+/.test(String((await rejection(text(unit))).stack)),
      );
    fact("in which module, line and column an error was made", all, placeTold((unit) => unit.exports.fail() as unknown as Promise<void>)); // prettier-ignore
    fact("the same of a function that compile() made", notWebKit, placeTold(async (unit) => (await unit.compile([], "throw new Error('told');"))())); // prettier-ignore
  });

  describe("that memory", () => {
    fact("is known to the page, by process", onlyChromium, () => "memory" in performance);
    fact("of a remote that was dropped comes back by itself", all, () =>
      inA("worker", async (unit) => {
        await (async () => void (await unit.compile([], "return 1;")))();
        await collectUntil("the function is let go of", () => unit.whyAlive().holders.length === 1);
        return true;
      }),
    );
  });
});
