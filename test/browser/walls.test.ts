import { expect } from "chai";
import { createHost, type Isolation } from "leasehold";
import { leavesNothing } from "../support/baseline.js";
import { withFrameDocument, withSandbox, type FrameParts } from "../support/frame-document.js";
import { rejection } from "../support/rejection.js";
import { until } from "../support/until.js";

type Wall = "navigation" | "network" | "parent access" | "storage";

const ways: [
  title: string,
  isolation: Isolation,
  walls: Wall[],
  take: (body: (frameUrl?: string) => unknown) => Promise<void>,
][] = [];

const noPolicy = (text: string): string => text.replaceAll("Content-Security-Policy", "X-Nothing");
const documents: [
  title: string,
  isolation: Isolation,
  walls: Wall[],
  change: (parts: FrameParts) => FrameParts | string,
][] = [
  [
    "a frame document without its own policy",
    "frame",
    ["navigation"],
    ({ guest, script }) => ({ guest, script: noPolicy(script) }),
  ],
  [
    "a guest that adds no policy for the unit",
    "frame",
    ["network"],
    ({ guest, script }) => ({ guest: noPolicy(guest), script }),
  ],
  [
    "a frame document that gives its worker no policy",
    "worker",
    ["network"],
    ({ guest, script }) => ({ guest, script: noPolicy(script) }),
  ],
];
for (const [title, isolation, walls, change] of documents)
  ways.push([title, isolation, walls, (body) => withFrameDocument(change, body)]);

for (const isolation of ["frame", "worker"] as const) {
  const sandboxes: [title: string, change: (flags: string) => string | undefined][] = [
    ["a frame with allow-same-origin", (flags) => `${flags} allow-same-origin`],
    ["a frame without a sandbox", () => undefined],
  ];
  for (const [title, change] of sandboxes) {
    ways.push([title, isolation, ["parent access", "storage"], (body) => withSandbox(change, body)]);
  }
  ways.push([
    "a frame with allow-same-origin whose document asks nothing",
    isolation,
    ["parent access"],
    (body) => {
      const handsOver = `<script>parent.postMessage("leasehold:ready", "*", [new MessageChannel().port1])</script>`;
      return withFrameDocument(
        () => handsOver,
        (frameUrl) =>
          withSandbox(
            (flags) => `${flags} allow-same-origin`,
            () => body(frameUrl),
          ),
      );
    },
  ]);
}

describe("a wall that is down", () => {
  leavesNothing();
  const entered: unknown[] = [];
  const hear = ({ data }: MessageEvent): void => void (data === "entered" && entered.push(data));
  before(() => addEventListener("message", hear));
  after(() => removeEventListener("message", hear));

  for (const [title, isolation, walls, take] of ways) {
    for (const pool of [{}, { [isolation]: 1 }]) {
      const start = Object.keys(pool).length ? "warm" : "cold";
      it(`fails the load into a ${isolation} (${start}) and is named: ${title}`, () =>
        take(async (frameUrl) => {
          const host = createHost({ pool, ...(frameUrl !== undefined && { frameUrl }) });
          if (start === "warm") {
            const isDecided = (): boolean => host.stats().warm === 1 || !document.querySelector("iframe");
            await until("the warm one is there, or has failed", isDecided);
          }
          const code = `globalThis.top?.postMessage("entered", "*"); export const a = 1;`;
          const error = await rejection(host.load({ code }, { isolation }));
          expect(error).to.include({ name: "LoadError", code: "wall-down" });
          const named = [...error.message.matchAll(/the ([a-z ]+) wall is down/g)].map(([, wall]) => wall);
          expect(named).to.deep.equal(walls);
          expect(error.message).to.include("frame.html");
          expect(host.stats()).to.deep.include({ units: 0, frames: 0, workers: 0, urls: 0, ports: 0, leases: 0 });
          await host.dispose();
          expect(document.querySelectorAll("iframe")).to.have.length(0);
          expect(entered).to.deep.equal([]);
        }));
    }
  }

  it("is nobody's business in a realm, which has none", () =>
    withSandbox(
      (flags) => `${flags} allow-same-origin`,
      async () => {
        const host = createHost({ pool: {} });
        const unit = await host.load<{ a: number }>({ code: "export const a = 1;" }, { isolation: "realm" });
        expect(await unit.exports.a).to.equal(1);
        await host.dispose();
      },
    ));
});

describe("walls that are tried", () => {
  leavesNothing();

  it("leave no database, no cache and no frame behind", async () => {
    const host = createHost({ pool: { frame: 1, worker: 1 } });
    await until("both are warm", () => host.stats().warm === 2);
    await withSandbox(
      (flags) => `${flags} allow-same-origin`,
      () => rejection(createHost({ pool: {} }).load({ code: "" }, { isolation: "frame" })),
    );
    expect(await indexedDB.databases()).to.deep.equal([]);
    if ("caches" in globalThis) expect(await caches.keys()).to.deep.equal([]);
    expect(document.querySelectorAll("iframe")).to.have.length(2);
    await host.dispose();
  });

  it("are not what the page hears of as violations", async () => {
    const host = createHost({ pool: {} });
    const heard: unknown[] = [];
    host.addEventListener("violation", (event) => heard.push((event as CustomEvent).detail));
    for (const isolation of ["frame", "worker"] as const) {
      const unit = await host.load<{ a(): number }>({ code: "export const a = () => 1;" }, { isolation });
      expect(await unit.exports.a()).to.equal(1);
    }
    expect(heard).to.deep.equal([]);
    await host.dispose();
  });
});
