import { expect } from "chai";
import { createHost } from "leasehold";
import { frameOf } from "../support/endings.js";
import { inEngine } from "../support/engine.js";
import { inEveryIsolation } from "../support/every-isolation.js";
import { rejection } from "../support/rejection.js";
import { elsewhere, requestsAbout } from "../support/served.js";

const code = `
  export const features = () => document.featurePolicy?.allowedFeatures() ?? "told to nobody";
  export const download = (url) => {
    const link = Object.assign(document.createElement("a"), { href: url, download: "loot.txt" });
    document.body.append(link);
    link.click();
  };
  export const submit = (action, method) => {
    const form = Object.assign(document.createElement("form"), { action, method });
    document.body.append(form);
    form.submit();
    form.requestSubmit();
  };
  export const dialog = () => { alert("here"); return confirm("here"); };
  export const fine = () => "fine";
`;
/** Which features a frame has, Chromium alone says. */
const told = (features: string[]): unknown =>
  inEngine<string[] | string>({ chromium: features, firefox: "told to nobody", webkit: "told to nobody" });

interface Sample {
  features(): string[] | string;
  download(url: string): void;
  submit(action: string, method: string): void;
  dialog(): boolean;
  fine(): string;
}

inEveryIsolation(
  "a unit's features",
  ({ load, use }) => {
    it("are none where none is granted, not even those that any frame has", () =>
      use<Sample>(code, async ({ exports }) => {
        expect(await exports.features()).to.deep.equal(told([]));
      }));

    it("are those granted and no other", () => {
      const features = ["fullscreen", "gamepad", "clipboard-write"];
      return use<Sample>(
        code,
        async ({ exports }) => {
          const allowed = await exports.features();
          expect(Array.isArray(allowed) ? allowed.toSorted() : allowed).to.deep.equal(told(features.toSorted()));
        },
        { manifest: { permissions: { features: [...features, "camera"] } }, grant: { features } },
      );
    });

    it("that are the sandbox's are its flags, of both frames; those that open a way out are none", () => {
      const features = ["pointer-lock", "modals", "downloads", "orientation-lock", "presentation", "forms", "popups"];
      return use<Sample>(
        code,
        (unit) => {
          const frame = frameOf(unit);
          expect([...frame.sandbox]).to.deep.equal([
            "allow-scripts",
            "allow-downloads",
            "allow-modals",
            "allow-orientation-lock",
            "allow-pointer-lock",
          ]);
          expect(JSON.parse(frame.name)).to.include({ sandbox: frame.sandbox.value });
        },
        { manifest: { permissions: { features } }, grant: { features } },
      );
    });

    it("carry nothing out by a download, though it is granted", async () => {
      const url = await elsewhere("/package.json?downloaded");
      const features = ["downloads"];
      const unit = await load<Sample>(code, { manifest: { permissions: { features } }, grant: { features } });
      void unit.exports.download(url);
      // WebKit may notice first that its frame has gone elsewhere.
      const reasons = inEngine({ chromium: ["violation"], firefox: ["violation"], webkit: ["violation", "crash"] });
      expect((await unit.unloaded).reason).to.be.oneOf(reasons);
      expect(await requestsAbout("downloaded")).to.deep.equal([]);
    });

    it("carry nothing out by a form, which is none of them", async () => {
      for (const method of ["get", "post"]) {
        const url = await elsewhere(`/package.json?submitted=${method}`);
        const features = ["forms"];
        await use<Sample>(
          code,
          async ({ exports }) => {
            await exports.submit(url, method);
            await new Promise((resolve) => setTimeout(resolve, 100));
            expect(await exports.fine()).to.equal("fine");
          },
          { manifest: { permissions: { features } }, grant: { features } },
        );
      }
      expect(await requestsAbout("submitted")).to.deep.equal([]);
    });

    it("do not include dialogs, which would stop the page", () =>
      use<Sample>(code, async ({ exports }) => {
        expect(await exports.dialog()).to.equal(false);
      }));
  },
  ["frame"],
);

describe("a grant of the wrong form", () => {
  const permissions = { network: ["https://a.example"], features: ["camera"] };
  const table: [title: string, grant: unknown, path: string][] = [
    ["text in the place of a list", { network: "https://a.example https://b.example" }, "network"],
    ["an address", { network: ["https://a.example/path"] }, "network.0"],
    ["a directive", { features: ["camera *; microphone"] }, "features.0"],
    ["an unknown key", { netwrok: ["https://a.example"] }, "netwrok"],
    ["yes", true, ""],
    ["null", null, ""],
  ];
  for (const [title, grant, path] of table) {
    it(`is an error that names the place, by load and by authorize: ${title}`, async () => {
      const host = createHost({ pool: {}, authorize: () => grant as object });
      const source = { code: "", manifest: { name: "sample", version: "1.0.0", permissions } };
      const given = await rejection(host.load(source, { grant: grant as object }));
      expect(given).to.include({ name: "DataError", code: "grant-invalid" });
      expect(given.message).to.include(`\n- ${["grant", path].filter(Boolean).join(".")}: `);
      const authorized = await rejection(host.load(source));
      expect(authorized).to.include({ name: "DataError", code: "grant-invalid" });
      expect(authorized.message).to.include(`\n- ${["authorize()", path].filter(Boolean).join(".")}: `);
      expect(host.stats()).to.include({ units: 0, frames: 0 });
      await host.dispose();
    });
  }

  it("is what an authorize that answers nothing gives", async () => {
    const host = createHost({ pool: {}, authorize: () => undefined as unknown as object });
    const source = { code: "", manifest: { name: "sample", version: "1.0.0", permissions } };
    expect(await rejection(host.load(source))).to.include({ name: "DataError", code: "grant-invalid" });
    await host.dispose();
  });
});
