import { expect } from "chai";
import { createHost, type Host, type Isolation, type LoadOptions, type Unit } from "leasehold";
import { DISPOSE } from "../../src/dispose.js";
import { leavesNothing } from "../support/baseline.js";
import { otherOrigin } from "../support/served.js";
import { until } from "../support/until.js";

const code = `
  export const read = async (url) => (await fetch(url)).status;
  export const show = async (url) => {
    const image = new Image();
    image.src = url;
    await image.decode();
    return image.naturalWidth;
  };
  export const nested = (url) => new Promise((resolve, reject) => {
    const text = "onmessage = async ({ data }) => postMessage((await fetch(data)).status)";
    const worker = new Worker(URL.createObjectURL(new Blob([text], { type: "text/javascript" })));
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = reject;
    worker.postMessage(url);
  });
  export const compiled = async () => {
    const bytes = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0);
    return (await WebAssembly.compile(bytes)) instanceof WebAssembly.Module;
  };
  export const lazy = async () => (await import("./lazy.js")).six * 7;
  export const activate = ({ root }) => { if (root) root.append("drawn"); };
`;
const modules = { "index.js": code, "lazy.js": "export const six = 6;" };

interface Sample {
  read(url: string): Promise<number>;
  show(url: string): Promise<number>;
  nested(url: string): Promise<number>;
  compiled(): Promise<boolean>;
  lazy(): Promise<number>;
}

for (const isolation of ["frame", "worker"] satisfies Isolation[]) {
  describe(`a ${isolation} whose frame document is served with the headers of docs/hosting.md`, () => {
    let granted: string;
    let file: string;
    let host: Host;
    before(async () => {
      granted = await otherOrigin();
      file = `${granted}/package.json?cors`;
      host = createHost({ pool: { [isolation]: 1 }, frameUrl: `/support/frame.html?network=${granted}` });
    });
    after(() => host.dispose());
    leavesNothing({ hosts: () => [{ stats: () => ({ ...host.stats() }) }] });

    const load = (options: LoadOptions = {}, network = [granted]): Promise<Unit<Sample>> => {
      const manifest = { name: "sample", version: "1.0.0", view: isolation === "frame", permissions: { network } };
      return host.load<Sample>({ manifest, modules }, { isolation, grant: { network: [granted] }, ...options });
    };

    it("lets a unit reach what it was granted, from a worker that it nests, too", async () => {
      const unit = await load();
      expect(await unit.exports.read(file)).to.equal(200);
      expect(await unit.exports.nested(file)).to.equal(200);
      if (isolation === "frame") {
        const icon = `${granted}/examples/units/marked/icon.svg?cors`;
        expect(await unit.exports.show(icon)).to.be.greaterThan(0);
      }
      await unit.unload();
    });

    it("keeps a unit that was granted nothing from what others may be", async () => {
      const unit = await load({ grant: {} });
      expect(await unit.exports.read(file).catch(({ name }: Error) => name)).to.equal("TypeError");
      await unit.unload();
    });

    it("keeps a unit from what it was granted and the headers do not know", async () => {
      const elsewhere = "http://127.0.0.1:9";
      const unit = await load({ grant: { network: [elsewhere] } }, [elsewhere]);
      expect(await unit.exports.read(`${elsewhere}/`).catch(({ name }: Error) => name)).to.equal("TypeError");
      await unit.unload();
    });

    it("runs modules, WebAssembly, and what the page compiles and moves there", async () => {
      const unit = await load();
      expect(await unit.exports.lazy()).to.equal(42);
      expect(await unit.exports.compiled()).to.equal(true);
      const square = await unit.compile<(x: number) => number>(["x"], "return x * x");
      expect(await square(7)).to.equal(49);
      expect(await unit.inside((_, x: number) => x + 1, 41)).to.equal(42);
      (square as unknown as Disposable)[DISPOSE]();
      await unit.unload();
    });

    if (isolation === "frame") {
      it("shows a view", async () => {
        const container = document.body.appendChild(document.createElement("div"));
        const unit = await load({ container });
        await until("it is as high as its content", () => {
          const height = container.firstElementChild?.getBoundingClientRect().height ?? 0;
          return height > 5 && height < 100;
        });
        await unit.unload();
        container.remove();
      });
    }
  });
}
