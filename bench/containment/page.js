import { unitCode } from "../domains/service.js";
import { post, postResult } from "../post.js";

const libraries = {
  contained: await import("/dist/bench/contained.js"),
  open: await import("/dist/bench/open.js"),
};
const rounds = Number(new URLSearchParams(location.search).get("rounds")) || 60;
const CALLS = 10_000;

/** Milliseconds from `load` to the first result, with one domain ready. */
async function warmLoad({ createHost }, isolation) {
  const host = createHost({ pool: { [isolation]: 1 } });
  while (host.stats().warm < 1) await new Promise((resolve) => setTimeout(resolve, 5));
  const start = performance.now();
  const unit = await host.load({ code: unitCode }, { isolation });
  const result = await unit.exports.add(1, 2);
  const took = performance.now() - start;
  await host.dispose();
  if (result !== 3) throw new Error(`It answered ${result}`);
  return took;
}

/** Microseconds a call, of many in one tick, by a unit that is there. */
async function sameTick(unit) {
  const start = performance.now();
  const sums = await Promise.all(Array.from({ length: CALLS }, (_, index) => unit.exports.add(index, 1)));
  const took = performance.now() - start;
  if (sums.at(-1) !== CALLS) throw new Error("A wrong answer");
  return (took * 1000) / CALLS;
}

/** Samples of both, which take turns, each round beginning with the other. */
async function inTurns(measure, warmUp, count) {
  const samples = { contained: [], open: [] };
  const names = Object.keys(samples);
  for (let round = -warmUp; round < count; round++) {
    for (const name of round % 2 ? names : names.toReversed()) {
      globalThis.gc?.({ type: "minor" });
      const value = await measure(name);
      if (round >= 0) samples[name].push(value);
    }
  }
  return samples;
}

await postResult(async () => {
  const results = [];
  for (const isolation of ["frame", "worker"]) {
    await post("/progress", `warm load, ${isolation}`);
    const loads = await inTurns((name) => warmLoad(libraries[name], isolation), 3, rounds);
    results.push({ what: `warm load, ${isolation}`, unit: "ms", samples: loads });
    await post("/progress", `same tick, ${isolation}`);
    const hosts = Object.entries(libraries).map(([name, { createHost }]) => [name, createHost({ pool: {} })]);
    const units = Object.fromEntries(
      await Promise.all(hosts.map(async ([name, host]) => [name, await host.load({ code: unitCode }, { isolation })])),
    );
    const calls = await inTurns((name) => sameTick(units[name]), 15, Math.min(rounds, 30));
    results.push({ what: `call in one tick, ${isolation}`, unit: "µs", samples: calls });
    await Promise.all(hosts.map(([, host]) => host.dispose()));
  }
  return { results };
});
