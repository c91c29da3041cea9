import { workloads } from "./workloads/index.js";

const query = new URLSearchParams(location.search);
const only = query.getAll("only");
const rounds = Number(query.get("rounds")) || undefined;

const post = (path, value) => fetch(path, { method: "POST", body: JSON.stringify(value) });

/**
 * All contestants in every round, each round beginning with another of them: what slows the machine down for a while
 * then slows all of them down.
 */
async function measure(workload, kind) {
  const contestants = await workload.contestants(kind);
  const samples = Object.fromEntries(contestants.map(({ name }) => [name, []]));
  // Rounds that are not counted: code is compiled in them, and processes start.
  const { warmUp = 2 } = workload;
  const count = warmUp + (rounds ?? workload.rounds);
  for (let round = 0; round < count; round++) {
    for (let turn = 0; turn < contestants.length; turn++) {
      const contestant = contestants[(round + turn) % contestants.length];
      const value = await contestant.run();
      if (round >= warmUp) samples[contestant.name].push(value);
    }
  }
  for (const contestant of contestants) await contestant.close();
  const { id, title, unit, targets } = workload;
  return { id, title, unit, targets, kind, samples };
}

try {
  const results = [];
  for (const workload of workloads) {
    if (only.length > 0 && !only.includes(workload.id)) continue;
    for (const kind of ["frame", "worker"]) {
      await post("/progress", `${workload.title}, ${kind}`);
      results.push(await measure(workload, kind));
    }
  }
  await post("/result", { results });
} catch (error) {
  await post("/result", { error: error.stack ?? String(error) });
}
