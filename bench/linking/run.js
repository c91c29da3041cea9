/**
 * `npm run bench:linking`: a graph of 200 units with shared versions is linked into a worker, against the bare import of the same
 * modules there. It prints, and writes nothing.
 *
 *     node bench/linking/run.js [--units=200] [--rounds=15]
 */
import { runInChromium } from "../in-chromium.js";
import { median } from "../report/statistics.js";

const option = (name, fallback) =>
  Number(process.argv.find((arg) => arg.startsWith(`--${name}=`))?.split("=")[1] ?? fallback);
const units = option("units", 200);
const rounds = option("rounds", 15);

const { chromium, ...samples } = await runInChromium(`/bench/linking/page.html?units=${units}&rounds=${rounds}`);
const [leasehold, empty, bare] = ["leasehold", "empty", "bare"].map((who) => median(samples[who]));
const say = (what, value, unit) => console.log(`${what.padEnd(62)} ${value.toPrecision(3).padStart(6)} ${unit}`);
console.log(`${units} units, medians of ${rounds} rounds, ${chromium}`);
say("Leasehold, from load() to the first result, in a warm worker", leasehold, "ms");
say("the same of a unit that requires none", empty, "ms");
say("bare import of the same modules, prepared before", bare, "ms");
say("Leasehold against the bare import", leasehold / bare, "× as long");
say("what the units that are required add, against it", (leasehold - empty) / bare, "× as long");
process.exit();
