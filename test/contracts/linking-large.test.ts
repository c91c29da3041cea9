import { expect } from "chai";
import { inEveryIsolation } from "../support/every-isolation.js";
import type { Modules } from "./linking-outcome.js";

const list = (length: number, text: (n: number) => string): string =>
  Array.from({ length }, (_, n) => text(n)).join("");

/** Each module adds one to what the next one says; some say more. */
function chain(length: number, module: (n: number) => string): Modules {
  const modules = Object.fromEntries(Array.from({ length }, (_, n) => [`m${n}.js`, module(n)]));
  return { ...modules, [`m${length}.js`]: `export const sum = () => 0; export const last = "last";` };
}

inEveryIsolation("a large unit", ({ host, isolation }) => {
  const use = async (modules: Modules, expected: unknown) => {
    const manifest = { name: "large", version: "1.0.0" };
    const started = performance.now();
    const unit = await host().load<{ value(): unknown }>({ manifest, modules }, { isolation });
    expect(await unit.exports.value()).to.deep.equal(expected);
    expect(performance.now() - started).to.be.below(5000);
    await unit.unload();
  };

  it("may be a chain of 300 modules", () =>
    use(
      {
        ...chain(300, (n) => `import { sum as rest } from "./m${n + 1}.js"; export const sum = () => 1 + rest();`),
        "index.js": `export { sum as value } from "./m0.js";`,
      },
      300,
    ));

  it("may pass everything on through 100 modules", () =>
    use(
      {
        ...chain(100, (n) => `export * from "./m${n + 1}.js"; export const x${n} = ${n};`),
        "index.js": `import * as all from "./m0.js"; export const value = () => [Object.keys(all).length, all.last];`,
      },
      [102, "last"],
    ));

  it("may import 200 modules at once, which share one", () =>
    use(
      {
        ...Object.fromEntries(
          Array.from({ length: 200 }, (_, n) => [
            `w${n}.js`,
            `import { shared } from "./shared.js"; shared.count++; export const w${n} = ${n};`,
          ]),
        ),
        "shared.js": `export const shared = { count: 0 };`,
        "index.js": `${list(200, (n) => `import { w${n} } from "./w${n}.js";\n`)} import { shared } from "./shared.js"; export const value = () => [shared.count, ${list(200, (n) => `w${n},`)}].length + shared.count;`,
      },
      401,
    ));

  it("may be a circle of 200 modules, each of which calls the next", () =>
    use(
      {
        ...Object.fromEntries(
          Array.from({ length: 200 }, (_, n) => [
            `c${n}.js`,
            `import { f${(n + 1) % 200} as next } from "./c${(n + 1) % 200}.js"; export const f${n} = (left) => left === 0 ? 0 : 1 + next(left - 1);`,
          ]),
        ),
        "index.js": `import { f0 } from "./c0.js"; export const value = () => f0(450);`,
      },
      450,
    ));

  it("may have a module of several megabytes", () =>
    use(
      {
        "index.js": `import { s } from "./big.js"; export const value = () => s.length;`,
        "big.js": `export const s = "${"x".repeat(4_000_000)}";`,
      },
      4_000_000,
    ));
});
