import { collect } from "../support/collect.js";
import { createHost } from "leasehold";
import { measure } from "../support/measure.js";
import { isolations } from "../support/every-isolation.js";

const megabyte = (seed: number): string => {
  let s = ""; 
  for (let i = 0; s.length < 1 << 20; i++) s += `export const f${i} = (a, b) => a * ${i} + b + ${seed};\n`;
  return s;
};
describe("cycles", function () {
  this.timeout(110_000);
  for (const isolation of isolations) it(`flat in ${isolation}`, async () => {
    const code = megabyte(1);
    const host = createHost({ pool: { [isolation]: 1 } });
    const out: string[] = [];
    let t = performance.now();
    for (let i = 0; i < 300; i++) {
      const unit = await host.load<{ f7(a: number, b: number): number }>({ code }, { isolation });
      await unit.exports.f7(1, 2);
      await unit.unload();
      if (i % 50 === 49) { await collect(); out.push(`${i + 1}: ${Math.round(performance.now() - t)} ms ` + JSON.stringify(await measure())); t = performance.now(); }
    }
    await host.dispose();
    await collect();
    out.push(JSON.stringify(await measure()));
    console.log(out.join("\n"));
    throw new Error("x");
  });
});
