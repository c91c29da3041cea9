/**
 * `npm run bench:containment [-- --rounds=60]`: what containing a unit costs. Compares the library with itself without the checks of
 * grants and messages, policies, walls and what is denied, in one run and in turns. It prints, and writes nothing;
 * docs/architecture.md has the output of one run.
 */
import { buildBoth } from "./containment/build.js";
import { describePlace } from "./describe-place.js";
import { runInChromium } from "./in-chromium.js";
import { number } from "./report/number.js";
import { median, ratio } from "./report/statistics.js";

const rounds = process.argv.find((arg) => arg.startsWith("--rounds="))?.slice("--rounds=".length) ?? "";

await buildBoth();
const { chromium, results } = await runInChromium(`/bench/containment/page.html?rounds=${rounds}`);
const place = describePlace(chromium);
console.log(`${place.chromium} on ${place.machine}. Medians; how many times as long as without what contains.\n`);
for (const { what, unit, samples } of results) {
  const columns = [
    what.padEnd(26),
    `${number(median(samples.contained))} ${unit}`.padStart(9),
    `${number(median(samples.open))} ${unit} without`.padStart(17),
    `${ratio(samples.contained, samples.open).toFixed(3)} ×`.padStart(9),
    `${(median(samples.contained) / median(samples.open)).toFixed(3)} × of medians`.padStart(20),
  ];
  console.log(columns.join(" "));
}
process.exit();
