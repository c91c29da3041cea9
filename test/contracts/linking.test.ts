import { expect } from "chai";
import { inEveryIsolation } from "../support/every-isolation.js";
import { rejection } from "../support/rejection.js";
import { natively, throughLeasehold, type Modules } from "./linking-outcome.js";
import { cyclicPrograms, lateCycles } from "./linking-cycles.js";
import { programs } from "./linking-programs.js";

inEveryIsolation("a program in modules", ({ host, isolation }) => {
  for (const [what, { modules, calls }] of Object.entries({ ...programs, ...cyclicPrograms, ...lateCycles })) {
    it(`does what the language says: ${what}`, async () => {
      const expected = await natively(modules, calls);
      expect(JSON.stringify(expected)).not.to.match(/did not start|threw/);
      expect(await throughLeasehold(host(), isolation, modules, calls)).to.deep.equal(expected);
    });
  }

  it("may have a default export that is an object", async () => {
    const code = `export default { count: 1, inner: { f(x) { return [x, this.g()] }, g: () => "g" } };`;
    const unit = await host().load<{ default: { count: number; inner: { f(x: number): Promise<unknown> } } }>(
      { code },
      { isolation },
    );
    expect(await unit.exports.default.count).to.equal(1);
    expect(await unit.exports.default.inner.f(2)).to.deep.equal([2, "g"]);
    await unit.unload();
  });
});

inEveryIsolation("what differs from the language, in a circle of modules", ({ host, isolation }) => {
  const load = <T extends object>(modules: Modules) =>
    host().load<T>({ manifest: { name: "circle", version: "1.0.0" }, modules }, { isolation });

  it("a function cannot be called before its module has run; the error says so", async () => {
    const error = await rejection(
      load({
        "index.js": `import "./a.js"; export function hoisted() { return 1 }`,
        "a.js": `import { hoisted } from "./index.js";\nhoisted();`,
      }),
    );
    expect(error).to.include({ name: "LoadError", code: "evaluation-failed" });
    expect(error.message).to.match(
      /^a\.js \(line 2:[18]\) of circle .* is not a function.* It imports index\.js in a circle/,
    );
  });

  it("a variable is undefined before its module has run, where the language would throw", async () => {
    const unit = await load<{ early: string }>({
      "index.js": `export { early } from "./a.js"; export const late = 1;`,
      "a.js": `import { late } from "./index.js"; export const early = typeof late;`,
    });
    expect(await unit.exports.early).to.equal("undefined");
    await unit.unload();
  });

  it("a variable that changes is seen by who closes the circle from the host's next call on", async () => {
    const unit = await load<{ inOneCall(): unknown; see(): unknown }>({
      "index.js": `import { see } from "./a.js"; export let count = 0; export { see }; export const inOneCall = () => [++count, see()];`,
      "a.js": `import { count } from "./index.js"; export const see = () => count;`,
    });
    expect(await unit.exports.inOneCall()).to.deep.equal([1, 0]);
    expect(await unit.exports.see()).to.equal(1);
    await unit.unload();
  });

  it("a namespace that closes the circle is another object than everybody else's", async () => {
    const unit = await load<{ compare(): Promise<boolean[]> }>({
      "index.js": `export { compare } from "./a.js"; export const x = {};`,
      "a.js": `import * as index from "./index.js"; export const compare = async () => { const other = await import("./index.js"); return [index === other, index.x === other.x] };`,
    });
    expect(await unit.exports.compare()).to.deep.equal([false, true]);
    await unit.unload();
  });
});
