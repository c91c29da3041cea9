import { expect } from "chai";
import type { Unit } from "leasehold";
import { rejection } from "../support/rejection.js";
import { among, requiring, unit } from "../support/requiring.js";

const shapes = unit(
  "shapes",
  {
    "index.js": `export class Shape { area() { return 0; } } export const made = []; export * from "./lib/count.js";`,
    "lib/count.js": `export let count = 0; export const add = () => ++count;`,
  },
  { version: "1.2.3" },
);

requiring("units that require units", ({ host, resolve, load }) => {
  const gone = (id: string): Promise<unknown> | undefined => host().units.get(id)?.unloaded;

  it("extend its classes and see its variables", async () => {
    resolve(among(shapes));
    const app = await load<{ area(): number; count(): number; isShape(): boolean }>(
      unit(
        "app",
        `import { Shape, count as n, add } from "shapes"; import * as all from "shapes"; import { count } from "shapes/lib/count.js";
           class Square extends Shape { area() { return super.area() + 4; } }
           export const area = () => new Square().area();
           export const isShape = () => new Square() instanceof all.Shape;
           const read = () => [n, count, all.count].join();
           export { read as count };
           add();`,
        { requires: { shapes: "^1.0.0" } },
      ),
    );
    expect(await app.exports.area()).to.equal(4);
    expect(await app.exports.isShape()).to.equal(true);
    expect(await app.exports.count()).to.equal("1,1,1");
    const required = host().units.get("shapes@1.2.3") as Unit;
    expect(required).to.include({ state: "active", collectible: "auto" });
    const { holders } = required.whyAlive();
    expect(holders).to.have.length(1);
    expect(holders[0]).to.deep.include({
      kind: "dependent",
      holder: "app@1.0.0",
      label: "app@1.0.0 requires shapes ^1.0.0",
      path: ["host", "app@1.0.0", "app@1.0.0 requires shapes ^1.0.0"],
    });
    await app.unload();
    expect(await required.unloaded).to.include({ reason: "collected" });
  });

  it("share one instance of what two of them require", async () => {
    const code = (name: string) => `import { made } from "shapes"; made.push("${name}"); export { made };`;
    resolve(
      among(
        shapes,
        unit("left", code("left"), { requires: { shapes: "*" } }),
        unit("right", code("right"), { requires: { shapes: "~1.2.0" } }),
      ),
    );
    const app = await load<{ made: string[]; same: boolean }>(
      unit(
        "app",
        `import * as l from "left"; import * as r from "right"; export const made = l.made; export const same = l.made === r.made;`,
        {
          requires: { left: "1", right: "1" },
        },
      ),
    );
    expect(await app.exports.made).to.deep.equal(["left", "right"]);
    expect(await app.exports.same).to.equal(true);
    await app.unload();
    await gone("shapes@1.2.3");
  });

  it("are refused where nothing provides it, naming every requester and range", async () => {
    resolve(among(unit("left", "", { requires: { shapes: "^2.0.0" } })));
    const error = await rejection(load(unit("app", "", { requires: { left: "1", shapes: "^1.0.0" } })));
    expect(error).to.include({ name: "LoadError", code: "requirement-missing", unit: "app" });
    expect(error.message)
      .to.include("app@1.0.0 requires shapes ^1.0.0")
      .and.include("left@1.0.0 requires shapes ^2.0.0");
  });

  it("reach its modules by import() and import.meta.resolve, as import does", async () => {
    resolve(
      among(
        unit("@acme/lib", {
          "index.js": "export default 'index';",
          "deep/a b.js": "export default 'deep'; export const url = import.meta.url;",
          "data.json": '{ "a": 1 }',
        }),
      ),
    );
    const app = await load<{ reach(name: string): Promise<unknown>; resolve(name: string): string; url: string }>(
      unit(
        "app",
        `import data from "@acme/lib/data.json" with { type: "json" };
         export const reach = async (name) => { try { return (await import(name)).default; } catch (error) { return error.code ?? error.name; } };
         export const resolve = (name) => { try { return import.meta.resolve(name); } catch (error) { return error.name; } };
         export const value = data.a; export { url } from "@acme/lib/deep/a b.js";`,
        { requires: { "@acme/lib": "1" } },
      ),
    );
    const base = "unit:///@acme/lib@1.0.0/";
    for (const [name, value, address] of [
      ["@acme/lib", "index", `${base}index.js`],
      ["@acme/lib/index.js", "index", `${base}index.js`],
      ["@acme/lib/deep/a b.js", "deep", `${base}deep/a%20b.js`],
      ["@acme/lib/deep/x/../a%20b.js", "deep", `${base}deep/a%20b.js`],
      [`${base}index.js`, "index", `${base}index.js`],
      ["@acme/lib/gone.js", "module-not-found", `${base}gone.js`],
      ["@acme/lib/../index.js", "module-not-found", "unit:///@acme/index.js"],
      ["@acme/library", "module-not-found", "TypeError"],
      ["@acme", "module-not-found", "TypeError"],
    ] as const) {
      expect(await app.exports.reach(name), name).to.equal(value);
      expect(await app.exports.resolve(name), name).to.equal(address);
    }
    expect(await app.exports.url).to.equal(`${base}deep/a%20b.js`);
    await app.unload();
  });

  it("share its variables with the page: live bindings assign to them", async () => {
    resolve(among(shapes));
    const app = await load<{ read(): number }>(
      unit("app", `import { count } from "shapes"; export * from "shapes"; export const read = () => count;`, {
        requires: { shapes: "1" },
      }),
    );
    const count = await app.binding<number>("count");
    await count.set(41);
    expect(await app.exports.read()).to.equal(41);
    expect(await count.get()).to.equal(41);
    count.release();
    await app.unload();
  });

  it("have one version each, where two domains require two of them at once", async () => {
    const lib = (version: string) =>
      unit("lib", `export const version = "${version}"; export const own = {};`, { version });
    resolve((_name, range) => lib(range === "1" ? "1.9.0" : "2.0.0"));
    const code = `export { version } from "lib";`;
    const [old, young] = await Promise.all([
      load<{ version: string }>(unit("old", code, { requires: { lib: "1" } })),
      load<{ version: string }>(unit("young", code, { requires: { lib: "2" } })),
    ]);
    expect([await old.exports.version, await young.exports.version]).to.deep.equal(["1.9.0", "2.0.0"]);
    expect([...host().units.keys()].toSorted()).to.deep.equal(["lib@1.9.0", "lib@2.0.0", "old@1.0.0", "young@1.0.0"]);
    await Promise.all([old.unload(), young.unload()]);
  });

  it("have instances of their own, where two domains require the same one, which is one unit", async () => {
    resolve(among(shapes));
    const code = `import { add } from "shapes"; export { add };`;
    const [one, two] = await Promise.all(
      ["one", "two"].map((name) => load<{ add(): number }>(unit(name, code, { requires: { shapes: "1" } }))),
    );
    expect([await one!.exports.add(), await one!.exports.add(), await two!.exports.add()]).to.deep.equal([1, 2, 1]);
    const required = host().units.get("shapes@1.2.3") as Unit;
    expect(host().units.size).to.equal(3);
    expect(required.whyAlive().holders.map(({ holder }) => holder)).to.have.members(["one@1.0.0", "two@1.0.0"]);
    await one!.unload();
    expect(required.state).to.equal("active");
    await two!.unload();
    expect((await required.unloaded).reason).to.equal("collected");
  });

  it("may be a chain of 150", async () => {
    const count = 150;
    resolve((name) => {
      const n = Number(name.slice(1));
      if (n === count - 1) return unit(name, "export const sum = () => 1;");
      const next = `u${n + 1}`;
      return unit(name, `import { sum as rest } from "${next}"; export const sum = () => 1 + rest();`, {
        requires: { [next]: "1" },
      });
    });
    const app = await load<{ sum(): number }>(unit("app", `export { sum } from "u0";`, { requires: { u0: "1" } }));
    expect(await app.exports.sum()).to.equal(count);
    expect(host().units.size).to.equal(count + 1);
    await app.unload();
  });
});
