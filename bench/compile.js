/**
 * `npm run bench:compile`: what it costs to compile a function in a unit, to call it once and to release it, against `new Function`
 * in the same realm and in the page. It prints, and writes nothing; docs/remoting.md has the output of one run.
 */
import { describePlace } from "./describe-place.js";
import { runInChromium } from "./in-chromium.js";
import { number } from "./report/number.js";
import { median, ratio } from "./report/statistics.js";

const limit = "new Function, in the unit";

const { chromium, samples } = await runInChromium("/bench/compile/page.html");
const place = describePlace(chromium);
console.log(
  `${place.chromium} on ${place.machine}. Microseconds a function; functions a second; times as long as the limit.\n`,
);
for (const [isolation, each] of Object.entries(samples)) {
  for (const [name, values] of Object.entries(each)) {
    const took = median(values);
    const columns = [
      isolation.padEnd(7),
      name.padEnd(27),
      `${number(took)} µs`.padStart(9),
      `${Math.round(1e6 / took).toLocaleString("en")} / s`.padStart(13),
      `${number(ratio(values, each[limit]))} ×`.padStart(8),
    ];
    console.log(columns.join(" "));
  }
}
process.exit();
