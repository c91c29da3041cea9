import { expect } from "chai";
import { createHost } from "leasehold";
import { DISPOSE } from "../../src/dispose.js";
import { rejection } from "../support/rejection.js";
import { among, requiring, telling, unit } from "../support/requiring.js";
import { until } from "../support/until.js";

const three = [telling("a"), telling("b", { a: "1" }), telling("c", { b: "1", a: "1" })] as const;

requiring("a required unit's activate and deactivate", ({ host, isolation, resolve, load, logged }) => {
  const inOrder = (...steps: string[]): unknown =>
    expect(logged.filter((line) => steps.some((step) => line.endsWith(step)))).to.deep.equal(steps);

  it("run in the domain of who requires it: before that one's code, and after its end", async () => {
    resolve(among(...three));
    const unit = await load(three[2]);
    expect(logged).to.deep.equal(["a runs", "a is activated", "b runs", "b is activated", "c runs", "c is activated"]);
    logged.length = 0;
    const receipt = await unit.unload();
    expect(receipt.finalizerErrors).to.deep.equal([]);
    expect(logged.filter((line) => line.endsWith("asked to go"))).to.have.members(
      ["a", "b", "c"].map((name) => `${name} is asked to go`),
    );
    expect(logged.filter((line) => !line.endsWith("asked to go"))).to.deep.equal([
      "c is deactivated",
      "c disposes",
      "b is deactivated",
      "b disposes",
      "a is deactivated",
      "a disposes",
    ]);
  });

  it("run in every domain in which it is", async () => {
    resolve(among(three[0]));
    const users = await Promise.all(
      ["one", "two"].map((name) => load(unit(name, `import "a";`, { requires: { a: "1" } }))),
    );
    expect(logged.toSorted()).to.deep.equal(["a is activated", "a is activated", "a runs", "a runs"]);
    await users[0]!.unload();
    expect(logged.filter((line) => line === "a disposes")).to.have.length(1);
    await users[1]!.unload();
    expect(logged.filter((line) => line === "a disposes")).to.have.length(2);
  });

  it("run though nobody imports it, where it has any; else it is not run", async () => {
    resolve(among(three[0], unit("idle", `console.info("idle runs");`)));
    const app = await load(unit("app", "", { requires: { a: "1", idle: "1" } }));
    expect(logged).to.deep.equal(["a runs", "a is activated"]);
    await app.unload();
  });

  it("may declare work, which keeps the unit that is loaded, and so itself", async () => {
    const code = `let work; export const activate = ({ activity }) => { work = activity("indexing"); }; export const stop = () => work.release();`;
    resolve(among(unit("lib", code)));
    const app = await load<{ stop(): () => void }>(
      unit("app", `import { stop } from "lib"; export const give = () => stop;`, { requires: { lib: "1" } }),
    );
    expect(app.whyAlive().holders.map(({ kind, label }) => `${kind} ${label}`)).to.include("activity indexing");
    const stop = await (app.exports as unknown as { give(): Promise<() => Promise<void>> }).give();
    const going = app.unload();
    expect(host().units.get("lib@1.0.0")!.state).to.equal("active");
    await stop();
    (stop as unknown as Disposable)[DISPOSE]();
    await going;
  });

  it("may declare work each for itself, and so may who requires it: none ends another's", async () => {
    const working = (name: string, rest: string): string => `
      let work;
      export const activate = ({ activity }) => { work = activity("${name}"); };
      export const ${name}Stops = () => work.release();
      ${rest}`;
    resolve(among(unit("lib", working("lib", ""))));
    const app = await load<{ appStops(): void; libStops(): void }>(
      unit("app", working("app", `export { libStops } from "lib";`), { requires: { lib: "1" } }),
    );
    const activities = (): string[] =>
      app
        .whyAlive()
        .holders.filter(({ kind }) => kind === "activity")
        .map(({ label }) => label);
    expect(activities()).to.have.members(["lib", "app"]);
    await app.exports.appStops();
    expect(activities()).to.deep.equal(["lib"]);
    await app.exports.libStops();
    expect(activities()).to.deep.equal([]);
    await app.unload();
  });

  it("are no business of those that pass its exports on", async () => {
    resolve(among(three[0], unit("mid", `export * from "a";`, { requires: { a: "1" } })));
    const app = await load(unit("app", `export * from "mid";`, { requires: { mid: "1" } }));
    expect(logged).to.deep.equal(["a runs", "a is activated"]);
    await app.unload();
    expect(logged.slice(2)).to.deep.equal(["a is asked to go", "a is deactivated", "a disposes"]);
  });

  it("fail the load where activate throws, and name the required unit; nobody after it is run", async () => {
    resolve(
      among(
        three[0],
        unit("bad", `export const activate = async () => { throw new RangeError("no"); };`, { requires: { a: "1" } }),
      ),
    );
    const error = await rejection(load(unit("app", `console.info("app runs");`, { requires: { bad: "1" } })));
    expect(error).to.include({ name: "LoadError", code: "activation-failed", unit: "bad" });
    expect(error.message).to.equal("activate() of bad threw: RangeError: no");
    expect(logged).to.deep.equal(["a runs", "a is activated"]);
    await until("they have gone", () => host().units.size === 0);
  });

  it("fail the load where activate throws what cannot be shown", async () => {
    resolve(among(unit("bad", "export const activate = () => { throw Object.create(null); };")));
    const error = await rejection(load(unit("app", "", { requires: { bad: "1" } })));
    expect(error).to.include({ name: "LoadError", code: "activation-failed", unit: "bad" });
  });

  it("leave nothing where activate never ends and the load is given up", async () => {
    resolve(
      among(unit("lib", `export const activate = () => { console.info("begun"); return new Promise(() => {}); };`)),
    );
    const giveUp = new AbortController();
    const loading = rejection(load(unit("app", "", { requires: { lib: "1" } }), { signal: giveUp.signal }));
    await until("it is being activated", () => logged.includes("begun"));
    giveUp.abort();
    expect(await loading).to.include({ name: "LoadError", code: "load-aborted" });
    await until("they have gone", () => host().units.size === 0);
  });

  it("are named as what takes too long, where activate never ends", async () => {
    const never = unit("lib", "export const activate = () => new Promise(() => {});");
    const own = createHost({ pool: {}, resolve: among(never) });
    const limits = { callTimeout: 2000 };
    const error = await rejection(own.load(unit("app", "", { requires: { lib: "1" } }), { isolation, limits }));
    expect(error).to.include({ name: "TimeoutError", code: "load-late", unit: "app" });
    expect(error.message).to.include("app took more than 2000 ms to load its modules and activate lib.");
    await own.dispose();
  });

  it("tell in the receipt what they threw, and the others run", async () => {
    resolve(among(unit("lib", `export const deactivate = () => { throw new RangeError("lib"); };`), three[0]));
    const code = `import "lib"; import "a"; export const deactivate = () => { throw new TypeError("app"); };`;
    const app = await load(unit("app", code, { requires: { a: "1", lib: "1" } }));
    const { finalizerErrors } = await app.unload();
    expect(finalizerErrors.map(String)).to.deep.equal(["TypeError: app", "RangeError: lib"]);
    inOrder("a is deactivated", "a disposes");
  });
});
