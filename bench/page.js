import { measure } from "./measure.js";
import { post, postResult } from "./post.js";
import { drawFigure } from "./report/figure.js";
import { summarize } from "./report/summarize.js";
import { workloads } from "./workloads/index.js";

const query = new URLSearchParams(location.search);
const only = query.getAll("only");
const rounds = Number(query.get("rounds")) || undefined;

/** Measures what the address asks for. */
async function run() {
  const summaries = [];
  const failures = [];
  for (const workload of workloads) {
    if (only.length > 0 && !only.includes(workload.id)) continue;
    for (const kind of ["frame", "worker"]) {
      const what = `${workload.title}, ${kind}`;
      await post("/progress", what);
      const samples = await measure(workload, kind, rounds ?? workload.rounds, (name, error) => {
        const failure = `FAILED: ${what}, ${name}: ${error.stack ?? error}`;
        failures.push(failure);
        return post("/progress", failure);
      });
      summaries.push(summarize(workload, kind, samples));
    }
  }
  return { summaries, failures };
}

const measuredBefore = async () => ({ ...(await (await fetch("/docs/bench.json")).json()), failures: [] });

await postResult(async () => {
  const { summaries, failures } = query.has("draw") ? await measuredBefore() : await run();
  const figure = await drawFigure(summaries).catch((error) => {
    failures.push(`FAILED: the figure: ${error.stack ?? error}`);
  });
  return { summaries, failures, figure };
});
