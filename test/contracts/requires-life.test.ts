import { expect } from "chai";
import type { Unit } from "leasehold";
import { rejection } from "../support/rejection.js";
import { among, requiring, telling, unit } from "../support/requiring.js";
import { until } from "../support/until.js";

const lib = unit("lib", "export const value = 1;");
const needing = (name: string, requires: Record<string, string> = { lib: "1" }) =>
  unit(
    name,
    Object.keys(requires)
      .map((each) => `import "${each}";`)
      .join(""),
    { requires },
  );

requiring("the life of a unit that others require", ({ host, resolve, load, logged, told }) => {
  it("goes on until they have gone, where it is asked to go; they are told of as what holds it", async () => {
    const required = await load(lib);
    const app = await load(needing("app"));
    expect(host().units.size).to.equal(2);
    const error = await rejection(required.unload({ deadline: 0 }));
    expect(error).to.include({ name: "UnloadBlockedError", code: "unload-blocked", unit: "lib@1.0.0" });
    expect(error.message).to.match(/dependent +app@1\.0\.0 requires lib 1 +held by app@1\.0\.0/);
    expect(required.state).to.equal("unloading");
    expect(app.state).to.equal("active");
    await app.unload();
    expect((await required.unloaded).reason).to.equal("requested");
    expect(told.filter((each) => each.startsWith("unload"))).to.deep.equal([
      "unload app@1.0.0 requested",
      "unload lib@1.0.0 requested",
    ]);
  });

  it("outlives them, where the page has loaded it by itself", async () => {
    const required = await load<{ value: number }>(lib);
    const app = await load(needing("app"));
    await app.unload();
    expect(required.state).to.equal("active");
    expect(required.whyAlive().holders.map(({ kind }) => kind)).to.deep.equal(["pin"]);
    expect(await required.exports.value).to.equal(1);
    await required.unload();
  });

  it("is that of the one that the page has loaded, even where others had required another one before", async () => {
    resolve(among(lib));
    const early = await load(needing("early"));
    const own = await load(lib);
    const late = await load(needing("late"));
    const holders = (id: string): string[] =>
      host()
        .units.get(id)!
        .whyAlive()
        .holders.map(({ holder }) => holder);
    expect(own.id).to.equal("lib@1.0.0#2");
    expect(holders("lib@1.0.0")).to.deep.equal(["early@1.0.0"]);
    expect(holders("lib@1.0.0#2")).to.deep.equal(["host", "late@1.0.0"]);
    await Promise.all([early.unload(), late.unload()]);
    await own.unload();
  });

  it("says in its report whom it takes along by force, and whom those do", async () => {
    resolve(among(needing("mid"), lib));
    const required = await load(lib);
    const mid = await load(needing("mid"));
    const app = await load(needing("app", { mid: "1" }));
    expect(String(required.whyAlive())).to.match(
      /unload\(\{ mode: "force" \}\) does not wait; it would unload mid@1\.0\.0 and app@1\.0\.0, which require it\.$/,
    );
    for (const each of [app, mid, required]) await each.unload();
  });

  it("may end by force as soon as it is told of, which ends the load that it was for", async () => {
    resolve(among(lib));
    const ending: Promise<unknown>[] = [];
    const end = (event: Event): void => {
      const { detail } = event as CustomEvent<{ unit: Unit }>;
      ending.push(detail.unit.unload({ mode: "force" }));
    };
    host().addEventListener("load", end, { once: true });
    const error = await rejection(load(needing("app")));
    host().removeEventListener("load", end);
    expect(error).to.include({ name: "LoadError", code: "load-aborted" });
    await Promise.all(ending);
    expect(host().units.size).to.equal(0);
  });

  it("goes with the last of them, where the page has loaded it as an automatic one and let go", async () => {
    const required = await load(lib, { collectible: "auto" });
    required.release();
    const [one, two] = [await load(needing("one")), await load(needing("two"))];
    await one.unload();
    expect(required.state).to.equal("active");
    await two.unload();
    expect((await required.unloaded).reason).to.equal("collected");
  });

  it("goes with automatic ones that nobody has a use for", async () => {
    resolve(among(needing("mid"), lib));
    const app = await load(needing("app", { mid: "1" }), { collectible: "auto" });
    const units = [...host().units.values()];
    expect(units).to.have.length(3);
    app.release();
    const receipts = await Promise.all(units.map((each) => each.unloaded));
    expect(receipts.map(({ reason }) => reason)).to.deep.equal(["collected", "collected", "collected"]);
  });

  it("ends by force after those that require it, three deep, whose finalizers run", async () => {
    const [a, b, c] = [telling("a"), telling("b", { a: "1" }), telling("c", { b: "1", a: "1" })];
    resolve(among(a, b, c));
    const required = await load(a);
    const units = [await load(b), await load(c)];
    logged.length = 0;
    const receipt = await required.unload({ mode: "force" });
    expect(receipt).to.deep.include({ unit: "a@1.0.0", reason: "forced", finalizerErrors: [] });
    for (const each of units) expect(await each.unloaded).to.deep.include({ reason: "forced", finalizerErrors: [] });
    expect(host().units.size).to.equal(0);
    expect(told.filter((each) => each.startsWith("unload"))).to.deep.equal([
      "unload c@1.0.0 forced",
      "unload b@1.0.0 forced",
      "unload a@1.0.0 forced",
    ]);
    // In c's domain there were three of them, in b's two, and one in its own.
    expect(logged.filter((line) => line === "a is deactivated")).to.have.length(3);
    expect(logged.at(-1)).to.equal("a disposes");
  });

  it("ends by force though a call of one that requires it never returns, which rejects", async () => {
    const required = await load(lib);
    const app = await load<{ never(): Promise<void> }>(
      unit("app", "export const never = () => new Promise(() => {});", { requires: { lib: "1" } }),
    );
    const call = rejection(app.exports.never());
    await required.unload({ mode: "force" });
    expect(await call).to.include({ name: "DomainUnloadedError" });
    expect((await app.unloaded).rejectedCalls).to.equal(1);
  });

  it("ends as the report of what keeps it advises: who requires it goes, then it does", async () => {
    const required = await load(lib);
    const [one, two] = [await load(needing("one")), await load(needing("two"))];
    const report = required.whyAlive();
    expect(report.verdict).to.equal("held");
    expect(report.holders.map(({ kind }) => kind)).to.deep.equal(["pin", "dependent", "dependent"]);
    expect(host().release(report.release)).to.equal(3);
    await Promise.all([one.unloaded, two.unloaded, required.unloaded]);
  });

  it("does not end by a report's dependents alone, which nobody can let go of", async () => {
    const required = await load(lib);
    const app = await load(needing("app"));
    const [lease] = required.whyAlive().holders.filter(({ kind }) => kind === "dependent");
    expect(host().release([lease!.id])).to.equal(0);
    expect([required.state, app.state]).to.deep.equal(["active", "active"]);
    await app.unload();
    await required.unload();
  });

  it("ends after one that requires it has crashed, where it has no other use", async () => {
    resolve(among(lib));
    const app = await load(needing("app"));
    const required = host().units.get("lib@1.0.0") as Unit;
    (app as unknown as { domain: { frame: HTMLElement } }).domain.frame.remove();
    expect((await app.unloaded).reason).to.equal("crash");
    expect((await required.unloaded).reason).to.equal("collected");
  });

  it("may end by a crash of its own domain, which is none of those that require it", async () => {
    const required = await load(lib);
    const app = await load<{ value: number }>(unit("app", `export { value } from "lib";`, { requires: { lib: "1" } }));
    (required as unknown as { domain: { frame: HTMLElement } }).domain.frame.remove();
    expect((await required.unloaded).reason).to.equal("crash");
    expect(app.state).to.equal("active");
    expect(await app.exports.value).to.equal(1);
    await app.unload();
  });

  it("is another one's, once it is on its way out", async () => {
    resolve(among(lib));
    const required = await load(lib);
    const app = await load(needing("app"));
    const going = required.unload();
    const late = await load(needing("late"));
    const second = host().units.get("lib@1.0.0#2") as Unit;
    expect(second.whyAlive().holders.map(({ holder }) => holder)).to.deep.equal(["late@1.0.0"]);
    await app.unload();
    await going;
    expect(second.state).to.equal("active");
    await late.unload();
    await second.unloaded;
  });

  it("is not found among the loaded ones, once it is on its way out", async () => {
    const required = await load(lib);
    const app = await load(needing("app"));
    const going = required.unload();
    const error = await rejection(load(needing("late")));
    expect(error.code).to.equal("requirement-missing");
    await app.unload();
    await going;
  });

  it("ends by force while one that requires it is still being loaded, whose load fails", async () => {
    const required = await load(lib);
    const loading = rejection(load(unit("app", "await new Promise(() => {});", { requires: { lib: "1" } })));
    const app = await until("it is being loaded", () => host().units.get("app@1.0.0"));
    await required.unload({ mode: "force" });
    expect(await loading).to.include({ name: "LoadError", code: "load-aborted" });
    expect(app.state).to.equal("failed");
  });
});
