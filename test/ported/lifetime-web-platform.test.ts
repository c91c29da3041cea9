import { expect } from "chai";
import { inEveryIsolation } from "../support/every-isolation.js";
import { rejection } from "../support/rejection.js";
import { until } from "../support/until.js";
import { settled } from "./support.js";

const code = `
  export const create = (text) => URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
  export const revoke = (url) => { URL.revokeObjectURL(url); };
  export const read = async (url) => (await fetch(url)).text();
  export const importOwn = async () => {
    const url = URL.createObjectURL(new Blob(["export const own = 7;"], { type: "text/javascript" }));
    return (await import(url)).own;
  };`;
interface Sample {
  create(text: string): string;
  revoke(url: string): void;
  read(url: string): Promise<string>;
  importOwn(): Promise<number>;
}

const text = "test blob contents";

/** What a page gets at an address. */
const read = async (url: string): Promise<string> => (await fetch(url)).text();

inEveryIsolation(
  "a Blob URL of a unit",
  ({ load }) => {
    it("goes with the unit, and a fetch of it that is in flight completes", async () => {
      const unit = await load<Sample>(code);
      const url = await unit.exports.create(text);
      expect(await read(url)).to.equal(text);
      const inFlight = read(url);
      await unit.unload();
      expect(await inFlight).to.equal(text);
      await until("it is revoked", async () => (await read(url).catch(() => "revoked")) === "revoked");
    });

    it("goes with a unit that is lost", async () => {
      const unit = await load<Sample>(code);
      const url = await unit.exports.create(text);
      const { frame } = (unit as unknown as { domain: { frame: HTMLIFrameElement } }).domain;
      const inFlight = read(url);
      frame.remove();
      expect(await inFlight).to.equal(text);
      await unit.unloaded;
      await until("it is revoked", async () => (await read(url).catch(() => "revoked")) === "revoked");
    });

    it("may be revoked by the page, as may one of the page by the unit, for they are of one origin", async () => {
      const unit = await load<Sample>(code);
      const theirs = await unit.exports.create(text);
      URL.revokeObjectURL(theirs);
      expect(await rejection(read(theirs))).to.be.instanceOf(TypeError);
      const ours = URL.createObjectURL(new Blob([text]));
      await unit.exports.revoke(ours);
      expect(await rejection(read(ours))).to.be.instanceOf(TypeError);
      URL.revokeObjectURL(ours); // so that the test's own books balance
      await unit.unload();
    });
  },
  ["realm"], // the one that is of the page's origin
);

inEveryIsolation(
  "a Blob URL across origins",
  ({ load }) => {
    it("is nothing that the other can read, whoever made it", async () => {
      const unit = await load<Sample>(code);
      expect(await rejection(read(await unit.exports.create(text)))).to.be.instanceOf(TypeError);
      const ours = URL.createObjectURL(new Blob([text]));
      expect((await rejection(unit.exports.read(ours))).name).to.equal("TypeError");
      URL.revokeObjectURL(ours);
      await unit.unload();
    });

    it("of the page cannot be revoked by a unit", async () => {
      const unit = await load<Sample>(code);
      const ours = URL.createObjectURL(new Blob([text]));
      await unit.exports.revoke(ours);
      await settled();
      expect(await read(ours)).to.equal(text);
      URL.revokeObjectURL(ours);
      await unit.unload();
    });

    it("of a unit cannot be revoked by the page", async () => {
      const unit = await load<Sample>(code);
      const theirs = await unit.exports.create("export default 1;");
      URL.revokeObjectURL(theirs);
      await settled();
      expect(await unit.inside(async (_, url: string) => Object.keys(await import(url)), theirs)).to.deep.equal([
        "default",
      ]);
      await unit.unload();
    });
  },
  ["frame", "worker"],
);

inEveryIsolation("Blob URLs that a unit forgot to revoke", ({ host, load, use }) => {
  it("go with it, one after another, and leave nothing in the page's books", async () => {
    for (let n = 0; n < 5; n++) {
      const { released } = await use<Sample>(code, async ({ exports }) => {
        await Promise.all(Array.from({ length: 20 }, () => exports.create(text)));
        expect(await exports.importOwn()).to.equal(7);
      });
      expect(released).to.include({ frames: 1, ports: 1 });
      expect(host().stats()).to.include({ urls: 0, frames: 0, workers: 0 });
    }
    const unit = await load<Sample>(code);
    expect(await unit.exports.importOwn()).to.equal(7);
    await unit.unload();
  });
});
