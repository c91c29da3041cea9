import { sendKeys, sendMouse } from "@web/test-runner-commands";
import { expect } from "chai";
import {
  createHost,
  type CapabilityUse,
  type Grant,
  type Host,
  type Isolation,
  type LeaseholdError,
  type Unit,
} from "leasehold";
import { clipboard, fetcher, notifications, storage, type FetchInit, type Notice } from "leasehold/services";
import { leavesNothing } from "../support/baseline.js";
import { canMove } from "../support/can-move.js";
import { inEngine } from "../support/engine.js";
import { rejection } from "../support/rejection.js";
import { drip, echo, elsewhere, hang, redirect } from "../support/served.js";
import { until } from "../support/until.js";

const database = "services-contract-test";
const capabilities = ["storage", "fetch", "notify", "clipboard"];

const code = `
  import { capability } from "leasehold/unit";
  const storage = capability("storage");
  const fetch = capability("fetch");
  const notify = capability("notify");
  const clipboard = capability("clipboard");

  export const store = (member, ...args) => storage[member](...args);
  export const kept = async (key) => {
    const value = await storage.get(key);
    return [value instanceof Map, value?.get("bytes") instanceof Uint8Array && value.get("bytes")[1]];
  };
  export const keepMap = (key) => storage.set(key, new Map([["bytes", new Uint8Array([1, 2])]]));
  export const keepFile = (key, text) => storage.set(key, { file: new File([text], "a.txt") });
  export const fileText = async (key) => (await storage.get(key)).file.text();
  export const keepFunction = () => storage.set("function", { run() {} });

  export const text = async (url, init) => {
    const answer = await fetch(url, init);
    const response = new Response(answer.body, answer);
    return [response.status, response.headers.get("content-type"), await response.text()];
  };
  export const upload = async (url) => {
    const words = new Blob(["one ", "two"]).stream();
    const answer = await fetch(url, { method: "POST", body: words });
    return new Response(answer.body).json();
  };
  export const given = (url, ms) => {
    const abort = new AbortController();
    setTimeout(() => abort.abort(new RangeError("Enough.")), ms);
    return fetch(url, { signal: abort.signal }).then(async ({ body }) => {
      const reader = body.getReader();
      while (!(await reader.read()).done);
    });
  };
  let body;
  export const begin = async (url) => { ({ body } = await fetch(url)); };

  let notice;
  export const say = async (text) => { notice = await notify.show(text); };
  export const update = (changes) => notice.update(changes);
  export const close = () => notice.close();
  export const reach = async (name) => String(await notice[name]);

  export const copy = (text) => clipboard.writeText(text);
  export const steal = () => {
    document.querySelector("button").focus();
    return new Promise((resolve) => setTimeout(resolve, 50)).then(() => clipboard.writeText("stolen"));
  };
  let place, copied;
  export const putIn = (where) => { place = where; };
  export const outcome = () => copied;
  export const activate = ({ root }) => {
    if (!root) return;
    root.innerHTML = '<button style="width: 100%; height: 100px">Copy</button>';
    root.firstChild.addEventListener("click", () => {
      copied = clipboard.writeText("from the unit in a " + place).then(() => "copied", (error) => error.code);
    });
  };
`;

interface Exports {
  store(member: string, ...args: unknown[]): unknown;
  kept(key: string): unknown[];
  keepMap(key: string): void;
  keepFile(key: string, text: string): void;
  fileText(key: string): string;
  keepFunction(): void;
  text(url: string, init?: FetchInit): [number, string, string];
  upload(url: string): { body: string };
  given(url: string, ms: number): void;
  begin(url: string): void;
  say(text: unknown): void;
  update(changes: unknown): boolean;
  close(): void;
  reach(name: string): string;
  copy(text: string): void;
  steal(): void;
  putIn(where: string): void;
  outcome(): string | undefined;
}

interface Keeping {
  keep(text: string): void;
  read(): unknown;
}

const here = (path: string): string => new URL(path, location.origin).href;

for (const isolation of ["frame", "worker"] as Isolation[]) {
  describe(`the ready-made services, in a ${isolation}`, () => {
    leavesNothing();
    let host: Host;
    let shown: Notice[];
    let uses: CapabilityUse[];

    beforeEach(() => {
      shown = [];
      uses = [];
      host = createHost({
        pool: {},
        capabilities: {
          storage: storage({ database, quota: 500 }),
          fetch: fetcher(),
          notify: notifications((notice) => void shown.push(notice)),
          clipboard: clipboard(),
        },
      });
      host.addEventListener("capability", (event) => uses.push((event as CustomEvent<CapabilityUse>).detail));
    });
    afterEach(async () => {
      await host.dispose();
      await deleted();
    });

    /** @param container where the unit's view will be mounted, where it has one */
    const load = (name = "sample", grant: Grant = {}, container?: Element): Promise<Unit<Exports>> => {
      const permissions = { capabilities, network: [location.origin] };
      const manifest = { name, version: "1.0.0", permissions, view: isolation === "frame" };
      const options = { isolation, grant: { ...permissions, ...grant }, ...(!canMove && container && { container }) };
      return host.load<Exports>({ code, manifest }, options);
    };

    it("keep what a unit sets, for it alone, until it is forgotten", async () => {
      const [one, other] = await Promise.all([load("one"), load("other")]);
      await one.exports.keepMap("map");
      expect(await one.exports.kept("map")).to.deep.equal([true, 2]);
      expect(await other.exports.store("keys")).to.deep.equal([]);
      await other.exports.store("set", "key", { text: "draft" });
      await one.unload();
      const again = await load("one");
      expect(await again.exports.kept("map")).to.deep.equal([true, 2]);
      await host.forget("one");
      expect(await again.exports.store("entries")).to.deep.equal([]);
      expect(await other.exports.store("entries")).to.deep.equal([["key", { text: "draft" }]]);
    });

    it("keep nothing that who requires a unit could read of what that keeps by itself", async () => {
      const notes = { name: "notes", version: "1.0.0", permissions: { capabilities: ["storage"] } };
      const text = `
        import { capability } from "leasehold/unit";
        export const keep = (text) => capability("storage").set("secret", text);
        export const read = () => capability("storage").get("secret");`;
      const own = await host.load<Keeping>({ code: text, manifest: notes }, { isolation, grant: notes.permissions });
      await own.exports.keep("mine");
      const code = `export { keep, read } from "notes";`;
      const manifest = { ...notes, name: "app", requires: { notes: "1" } };
      const app = await host.load<Keeping>({ code, manifest }, { isolation, grant: notes.permissions });
      expect(await app.exports.read()).to.equal(undefined);
      await app.exports.keep("of the app's");
      expect(await own.exports.read()).to.equal("mine");
    });

    it("keep a file of a unit's whose domain has gone", async () => {
      const unit = await load();
      const kept = Promise.resolve(unit.exports.keepFile("file", "of the first")).then(
        () => "kept",
        ({ code }: LeaseholdError) => code,
      );
      // WebKit keeps no Blobs where it writes nothing to a disk.
      const expected = inEngine({ chromium: "kept", firefox: "kept", webkit: "storage-unavailable" });
      expect(await kept).to.equal(expected);
      await unit.unload();
      if (expected !== "kept") return;
      expect(await (await load()).exports.fileText("file")).to.equal("of the first");
    });

    it("tell a unit what it keeps wrong, by name and code", async () => {
      const { exports } = await load();
      const quota = await rejection(exports.store("set", "key", "x".repeat(300)) as Promise<unknown>);
      expect(quota).to.include({ name: "LimitExceededError", code: "storage-quota" });
      const unkeepable = await rejection(exports.keepFunction() as Promise<unknown>);
      expect(unkeepable).to.include({ name: "DataError", code: "not-storable" });
      expect(await exports.store("usage")).to.deep.equal({ used: 0, quota: 500 });
    });

    it("fetch for a unit, which can make a Response of the answer", async () => {
      const { exports } = await load();
      const sent = { method: "POST", body: "hello", headers: { "content-type": "text/plain" } };
      const [status, type, text] = await exports.text(here(echo()), sent);
      expect([status, type]).to.deep.equal([200, "application/json"]);
      expect(JSON.parse(text)).to.include({ method: "POST", body: "hello" });
      expect(await exports.upload(here(echo()))).to.include({ body: "one two" });
      const moved = uses.filter(({ capability, duration }) => capability === "fetch" && duration === 0);
      expect(moved.reduce((sum, { bytes }) => sum + bytes, 0)).to.be.at.least(text.length + "one two".length);
    });

    it("fetch from nowhere that the unit was not granted, nor from where that leads", async () => {
      const { exports } = await load();
      const other = await elsewhere(echo(), { cors: true });
      const refused = await rejection(exports.text(other) as Promise<unknown>);
      expect(refused).to.include({ name: "PermissionDeniedError", code: "origin-refused" });
      const led = await rejection(exports.text(here(redirect(other))) as Promise<unknown>);
      expect(led).to.include({ name: "PermissionDeniedError", code: "redirect-refused" });
      const closed = await load("closed", { network: [] });
      const ungranted = await rejection(closed.exports.text(here(echo())) as Promise<unknown>);
      expect(ungranted).to.include({ code: "origin-refused" });
    });

    it("end a request when the unit aborts it, before the answer and after", async () => {
      const { exports } = await load();
      expect((await rejection(exports.given(here(hang()), 1) as Promise<unknown>)).message).to.equal("Enough.");
      const midway = exports.given(here(drip("/dist/leasehold.js", { ms: 100 })), 150) as Promise<unknown>;
      expect((await rejection(midway)).message).to.equal("Enough.");
    });

    it("end what is under way when the unit goes", async () => {
      const unit = await load();
      await unit.exports.begin(here(hang("/dist/leasehold.js")));
      await unit.exports.say({ title: "Reading" });
      await unit.unload({ mode: "force" });
      expect(shown[0]?.signal.aborted).to.equal(true);
    });

    it("show what a unit says, change it, and take it away", async () => {
      const { exports } = await load();
      await exports.say({ title: "Reading", body: "1 of 2" });
      expect(await exports.update({ body: "2 of 2" })).to.equal(true);
      expect(shown.map(({ title, body }) => [title, body])).to.deep.equal([
        ["Reading", "1 of 2"],
        ["Reading", "2 of 2"],
      ]);
      for (const name of ["constructor", "show", "text"]) {
        expect(await exports.reach(name).catch(({ code }: { code: string }) => code)).to.equal("no-such-member");
      }
      await exports.close();
      expect(shown[0]?.signal.aborted).to.equal(true);
      expect(await exports.update({ body: "3 of 2" })).to.equal(false);
      const nothing = await rejection(exports.say({ title: "" }) as Promise<unknown>);
      expect(nothing).to.include({ name: "DataError", code: "text-invalid" });
    });

    it("write to the clipboard for nobody who has not pressed anything in the unit's view", async () => {
      const { exports } = await load();
      await sendMouse({ type: "click", position: [1, 1] });
      expect(navigator.userActivation.isActive).to.equal(true);
      const denied = await rejection(exports.copy("secret") as Promise<unknown>);
      expect(denied).to.include({ name: "PermissionDeniedError", code: "no-user-gesture" });
    });

    if (isolation === "frame")
      it("write to the clipboard for no press in the page itself, though the unit takes the focus then", async () => {
        const unit = await load("sample", {}, document.body);
        const { element, unmount } = await unit.mount(document.body);
        element.style.cssText = "position: fixed; inset: 0 auto auto 0; width: 200px";
        await sendMouse({ type: "click", position: [400, 300] });
        const denied = await rejection(unit.exports.steal() as Promise<unknown>);
        // WebKit lets no frame take the focus by itself.
        const takes = inEngine({ chromium: true, firefox: true, webkit: false });
        expect(document.activeElement === element).to.equal(takes);
        expect(navigator.userActivation.isActive).to.equal(true);
        expect(denied).to.include({ name: "PermissionDeniedError", code: "no-user-gesture" });
        unmount();
      });

    if (isolation === "frame")
      it("write to the clipboard for no press in another unit's view", async () => {
        const [unit, other] = [await load("one", {}, document.body), await load("other", {}, document.body)];
        const { element, unmount } = await unit.mount(document.body);
        const pressed = await other.mount(document.body);
        element.style.cssText = "position: fixed; inset: 0 auto auto 0; width: 200px";
        pressed.element.style.cssText = "position: fixed; inset: 200px auto auto 0; width: 200px";
        await sendMouse({ type: "click", position: [100, 250] });
        const denied = await rejection(unit.exports.steal() as Promise<unknown>);
        expect(navigator.userActivation.isActive).to.equal(true);
        expect(denied).to.include({ name: "PermissionDeniedError", code: "no-user-gesture" });
        unmount();
        pressed.unmount();
      });

    if (isolation === "frame")
      for (const place of ["page", "shadow tree"]) {
        it(`write to the clipboard for who presses a button in the unit's view, in a ${place}`, async () => {
          const outer = document.body.appendChild(document.createElement("div"));
          const root = place === "page" ? outer : outer.attachShadow({ mode: "closed" });
          const container = root.appendChild(document.createElement("div"));
          const unit = await load("sample", {}, container);
          await unit.exports.putIn(place);
          const { element, unmount } = await unit.mount(container);
          element.style.cssText = "position: fixed; inset: 0 auto auto 0; width: 200px";
          await sendMouse({ type: "click", position: [400, 300] });
          // A frame of another process is met by the mouse a moment after it is shown.
          const press = async (): Promise<unknown> => {
            await sendMouse({ type: "click", position: [100, 50] });
            return unit.exports.outcome();
          };
          // WebKit lets nobody write but the window in which somebody has pressed something, which is the unit's.
          const outcome = inEngine({ chromium: "copied", firefox: "copied", webkit: "clipboard-refused" });
          expect(await until("the unit has tried", press)).to.equal(outcome);
          unmount();
          const area = document.createElement("textarea");
          outer.replaceWith(area);
          area.focus();
          await sendKeys({ down: "Control" });
          await sendKeys({ press: "v" });
          await sendKeys({ up: "Control" });
          expect(area.value === `from the unit in a ${place}`).to.equal(outcome === "copied");
          area.remove();
        });
      }
  });
}

function deleted(): Promise<void> {
  const request = indexedDB.deleteDatabase(database);
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve();
    request.onerror = () => reject(request.error);
  });
}
