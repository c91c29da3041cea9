import { expect } from "chai";
import { createHost, type UnitSource } from "leasehold";
import { inEngine } from "../support/engine.js";
import { rejection } from "../support/rejection.js";
import { among, requiring, telling, unit, type Resolve } from "../support/requiring.js";
import { until } from "../support/until.js";

const app = unit("app", `import "lib";`, { requires: { lib: "^1.0.0" } });
const never = new Promise<never>(() => {});

requiring("a load whose required units fail", ({ host, isolation, resolve, load, logged }) => {
  const hasGone = (): Promise<unknown> => until("they have gone", () => host().units.size === 0);

  it("fails where resolve() throws or rejects, with that as the cause", async () => {
    const cause = new RangeError("no registry");
    const finds: [Resolve, string][] = [
      [
        () => {
          throw cause;
        },
        "RangeError: no registry",
      ],
      [() => Promise.reject(cause), "RangeError: no registry"],
    ];
    for (const [find, text] of finds) {
      resolve(find);
      const error = await rejection(load(app));
      expect(error).to.include({ name: "LoadError", code: "resolve-failed", unit: "app", cause });
      expect(error.message).to.equal(`app@1.0.0 requires lib ^1.0.0, but resolve() threw: ${text}`);
    }
    resolve(() => Promise.reject(Object.create(null) as Error));
    expect(await rejection(load(app))).to.include({ code: "resolve-failed" });
  });

  it("fails where resolve() gives what is no source, naming who wanted it", async () => {
    const foreign = [42, true, {}, [], { code: 1 }, Symbol("lib"), () => {}];
    for (const garbage of [...foreign, "", { manifest: { name: "lib" }, modules: {} }]) {
      resolve(() => garbage as unknown as UnitSource);
      const error = await rejection(load(app));
      const isForeign = (foreign as unknown[]).includes(garbage);
      expect(error.name, String(garbage)).to.equal(isForeign ? "InvalidStateError" : "LoadError");
      expect(error.message, String(garbage)).to.match(/^app@1\.0\.0 requires lib \^1\.0\.0, which cannot be had: /);
    }
  });

  it("fails where resolve() finds nothing, be it undefined or null", async () => {
    for (const nothing of [undefined, null as unknown as undefined]) {
      resolve(() => nothing);
      expect(await rejection(load(app))).to.include({ name: "LoadError", code: "requirement-missing" });
    }
  });

  it("fails where a digest in a required unit's manifest does not match, which is named", async () => {
    const integrity = { "index.js": `sha384-${"A".repeat(64)}` };
    resolve(among(unit("mid", "", { requires: { lib: "1" } }), unit("lib", "", { integrity })));
    const error = await rejection(load(unit("app", "", { requires: { mid: "1" } })));
    expect(error).to.include({ name: "IntegrityError", code: "integrity-mismatch", unit: "lib" });
    expect(error.message).to.match(/^mid@1\.0\.0 requires lib 1, which cannot be had: .*index\.js of lib/);
  });

  it("fails where it is asked for what cannot be, before anything is looked for", async () => {
    const asked: string[] = [];
    resolve((name) => void asked.push(name));
    for (const options of [{ isolation: "iframe" }, { collectible: "never" }])
      expect(await rejection(load(app, options as object))).to.include({ name: "NotSupportedError" });
    expect(asked).to.deep.equal([]);
  });

  it("is given up while resolve() has not answered", async () => {
    let asked = 0;
    resolve(() => (asked++, never));
    const giveUp = new AbortController();
    const loading = rejection(load(app, { signal: giveUp.signal }));
    await until("it is asked", () => asked);
    giveUp.abort();
    expect(await loading).to.include({ name: "LoadError", code: "load-aborted" });
  });

  it("asks nobody any more, once it is given up", async () => {
    const asked: string[] = [];
    const giveUp = new AbortController();
    resolve(async (name) => {
      asked.push(name);
      giveUp.abort();
      return unit(name, "", { requires: { further: "1" } });
    });
    expect(await rejection(load(app, { signal: giveUp.signal }))).to.include({ code: "load-aborted" });
    expect(asked).to.deep.equal(["lib"]);
  });

  it("ends with its host, whatever resolve() waits for", async () => {
    let asked = 0;
    const own = createHost({ pool: {}, resolve: () => (asked++, never) });
    const loading = rejection(own.load(app, { isolation }));
    await until("it is asked", () => asked);
    await own.dispose();
    expect(await loading).to.include({ name: "InvalidStateError", code: "host-disposed" });
  });

  it("leaves nothing where it is given up at any of its phases", async () => {
    resolve(among(telling("lib")));
    for (const phase of ["fetch", "verify", "start", "link", "activate"] as const) {
      const giveUp = new AbortController();
      const onProgress = (progress: { phase: string }): void => void (progress.phase === phase && giveUp.abort());
      const error = await rejection(load(app, { signal: giveUp.signal, onProgress }));
      expect(error, phase).to.include({ name: "LoadError", code: "load-aborted" });
      await hasGone();
    }
  });

  it("leaves nothing where it cannot be linked, run or activated", async () => {
    for (const [code, error] of [
      [`import { missing } from "lib";`, { code: "export-missing", unit: "app" }],
      [`import "lib"; throw new RangeError("no");`, { code: "evaluation-failed", unit: "app" }],
      [
        `import "lib"; export const activate = () => { throw new RangeError("no"); };`,
        { code: "activation-failed", unit: "app" },
      ],
    ] as const) {
      resolve(among(unit("lib", "export const a = 1;")));
      expect(await rejection(load(unit("app", code, { requires: { lib: "1" } })))).to.include(error);
      await hasGone();
    }
  });

  it("names the required unit's module, and the line, that is no JavaScript or threw", async () => {
    const silent = { "index.js": `throw "text";` };
    for (const [lib, code, text] of [
      [
        { "index.js": `import "./deep/a.js";`, "deep/a.js": "let a; let a;" },
        "syntax-error",
        /^deep\/a\.js of lib is not a JavaScript module/,
      ],
      [
        { "index.js": `import "./deep/a.js";`, "deep/a.js": "\nthrow new RangeError('no');" },
        "evaluation-failed",
        /^deep\/a\.js \(line 2:\d+\) of lib threw .*RangeError: no/,
      ],
      [silent, "evaluation-failed", /^index\.js of lib threw .*text/],
      [
        { "index.js": `export const activate = () => {}; throw "text";` },
        "evaluation-failed",
        /^index\.js of lib threw .*text/,
      ],
    ] as const) {
      resolve(among(unit("lib", lib)));
      const error = await rejection(load(app));
      // What is no error has no stack, and WebKit says of a module that failed, asked again, that it did not.
      const isTold = inEngine({ chromium: true, firefox: true, webkit: lib !== silent });
      expect(error).to.include({ name: "LoadError", code, unit: isTold ? "lib" : "app" });
      expect(error.message).to.match(isTold ? text : /^index\.js of app threw .*text/);
      await hasGone();
    }
  });

  it("is told where a module of a required unit that is reached by import() has a fault", async () => {
    resolve(among(unit("lib", { "index.js": "", "late.js": `import "./gone.js";`, "syntax.js": "let a; let a;" })));
    const code = `export const reach = (name) => import("lib/" + name).catch(({ code, unit, message }) => [code, unit, message]);`;
    const user = await load<{ reach(name: string): unknown[] }>(unit("app", code, { requires: { lib: "1" } }));
    expect(await user.exports.reach("late.js")).to.include.members(["module-not-found", "lib"]);
    expect(await user.exports.reach("syntax.js")).to.include.members(["syntax-error", "lib"]);
    await user.unload();
  });

  it("has the addresses of all units in the stacks of errors", async () => {
    resolve(
      among(
        unit(
          "lib",
          {
            "index.js": `export * from "./deep/a.js";`,
            "deep/a.js": "export const fail = () => { throw new RangeError('no'); };",
          },
          { version: "1.2.3" },
        ),
      ),
    );
    const user = await load<{ run(): void }>(
      unit("app", `import { fail } from "lib";\nexport const run = () => { const done = fail(); return done; };`, {
        requires: { lib: "1" },
      }),
    );
    const { stack } = await rejection(user.exports.run() as unknown as Promise<void>);
    expect(stack).to.include("unit:///lib@1.2.3/deep/a.js:1:").and.include("unit:///app@1.0.0/index.js:2:");
    await user.unload();
  });

  it("takes its time limit with what is required, and names the unit", async () => {
    resolve(among(unit("lib", "export const activate = () => new Promise(() => {});")));
    const error = await rejection(load(app, { limits: { callTimeout: 300 } }));
    expect(error).to.include({ name: "TimeoutError", code: "load-late", unit: "app" });
    await hasGone();
    expect(logged).to.deep.equal([]);
  });
});
