import { isolated } from "../support/engine.js";
import { describeFloods, type Flood } from "./flood.js";

function* messageFloods(): Generator<Flood> {
  const times = (count: number, act: string): string => `for (let i = 0; i < ${count}; i++) ${act};`;
  const million = (act: string): string => times(1_000_000, act);
  const limit = "operationsPerSecond";
  yield { name: "a million calls of a callback in one turn", code: million("page.take(i)"), limit };
  yield { name: "300,000 calls with an object each", code: times(300_000, "page.take({ i })"), limit };
  yield {
    name: "calls in a hundred thousand turns",
    code: times(100_000, "{ page.take(i); page.take(i); page.take(i); await turn(); }"),
    limit,
  };
  // The browser's own console, which shows them too, takes its time: the page's, where it shares a process with the unit.
  yield {
    name: "lines on its console",
    code: times(20_000, "console.log(i)"),
    limits: { operationsPerSecond: 10_000 },
    limit,
    stalls: !isolated,
  };
  yield {
    name: "a million activities",
    code: million('context.activity("work")'),
    limits: { leases: 10_000 },
    limit: "leases",
  };
  yield {
    name: "300,000 activities that it ends at once",
    code: times(300_000, 'context.activity("work").release()'),
    limit,
  };
  yield {
    name: "releases of all that it gets from the page",
    code: times(
      4,
      "for (const made of await Promise.all(Array.from({ length: 5000 }, () => page.make()))) made[Symbol.dispose]()",
    ),
  };
  yield { name: "20,000 functions", code: times(20_000, "page.take(() => i)") };
  yield {
    name: "calls that are never answered",
    code: times(200_000, "page.never().catch(() => {})"),
    limits: { operationsPerSecond: 1_000_000 },
    limit: "pendingCalls",
  };
  yield {
    name: "promises by the thousand",
    code: times(200, "page.take(Array.from({ length: 1000 }, async () => 1))"),
    limit: "messageBytes",
  };
}

describeFloods("a worker unit that floods the page with messages", messageFloods());
