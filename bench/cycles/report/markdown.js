import { row } from "../../report/row.js";
import { bounds, judge } from "../judge.js";
import { counters, growth, inMegabytes, withCommas } from "./words.js";

/** The page that people read, from the data that docs/cycles.json holds. */
export function toMarkdown({ chromium, machine, runs }) {
  const [{ records, width }] = runs;
  const last = records.at(-1).cycles;
  return [
    "# What is left after a thousand cycles",
    "",
    "Written by `npm run cycles`; do not edit. A cycle loads a unit of one megabyte of code, no two of them alike; calls it;",
    "receives an instance and a function, and calls both; hands it a callback, which it keeps; releases what it received;",
    `unloads it, and awaits the receipt. ${width} cycles run side by side, each in a domain of a pool of ${width}, which is full whenever`,
    "something is counted. Garbage is collected before. Sandboxed frames run in a process of their own, as they do for users",
    "of Chrome, and DevTools is connected for as long as it counts.",
    "",
    `${chromium} on ${machine}. ${runs.map(summary).join(" ")}`,
    "",
    `![${alternative(runs)}](cycles.svg)`,
    "",
    row([
      "Domain",
      "Counted in",
      "What",
      "Start",
      `After ${records[1].cycles}`,
      `After ${withCommas(last)}`,
      "A cycle adds",
    ]),
    row(["---", "---", "---", "--:", "--:", "--:", "--:"]),
    ...runs.flatMap(rows),
    "",
    "## What grows, and why",
    "",
    heap(runs),
    "",
    "## What fails the run",
    "",
    "Anything but heap that is more at any record than before the first cycle. Heap, if a cycle adds on average more than",
    `${bounds.heap} bytes from cycle ${records[1].cycles} on; more than ${bounds.objects} of what is neither code nor text. What is let go of may take more than`,
    "one collection to go, so each record may look several times. The engine's own counts, the ports found in the page's",
    "heap and the browser's list of Blobs, which has those as well that only a URL holds, would show what the host forgot.",
    "",
  ].join("\n");
}

function summary({ isolation, milliseconds, receipts, records }) {
  const released = Object.entries(receipts).filter(([, count]) => count > 0);
  const list = released.map(([name, count]) => `${withCommas(count)} ${name === "urls" ? "URLs" : name}`).join(", ");
  const cycles = withCommas(records.at(-1).cycles);
  return `In a ${isolation}, a cycle took ${milliseconds.toFixed(0)} ms, and ${cycles} receipts say: ${list}.`;
}

function rows(run) {
  let counter;
  return judge(run).map((quantity, index) => {
    const format = quantity.isHeap ? inMegabytes : String;
    const cells = [quantity.start, quantity.early, quantity.late].map(format);
    const named = quantity.by === counter ? "" : counters[quantity.by];
    counter = quantity.by;
    const verdict = quantity.isKept ? growth(quantity) : `✗ ${growth(quantity)}`;
    return row([index === 0 ? run.isolation : "", named, quantity.title, ...cells, verdict]);
  });
}

/** What the figure shows in words, for those who do not see it. */
function alternative(runs) {
  const found = runs.map((run) => {
    const [heap] = judge(run);
    return `${inMegabytes(heap.early)} and ${inMegabytes(heap.late)} in a ${run.isolation}`;
  });
  const { early, late } = { early: runs[0].records[1].cycles, late: withCommas(runs[0].records.at(-1).cycles) };
  return `Lines over the number of cycles, all level. Heap of the page after ${early} and ${late} cycles: ${found.join("; ")}.`;
}

/** How much grows is told by the numbers; what it is was found in heap snapshots. */
function heap(runs) {
  const grown = (name, from, to) => {
    const all = runs.map((run) => judge(run).find((quantity) => quantity.name === name));
    // Never -0, which is written with its sign.
    const kilobytes = all
      .map((quantity) => Math.round((quantity[to] - quantity[from]) / 1000) || 0)
      .sort((a, b) => a - b);
    const [least, most] = [kilobytes[0], kilobytes.at(-1)].map(withCommas);
    return least === most ? `${least} kB` : `${least} to ${most} kB`;
  };
  const [{ cycles: early }, { cycles: late }] = [runs[0].records[1], runs[0].records.at(-1)];
  return [
    `Heap alone. Up to cycle ${early}, that of the page grows by ${grown("heap", "start", "early")}: compiled code by`,
    `${grown("code", "start", "early")}, as everything is used for the first time, and text by ${grown("text", "start", "early")}. From there to cycle`,
    `${withCommas(late)} the heap grows by ${grown("heap", "early", "late")}, and compiled code in it by ${grown("code", "early", "late")}: the engine`,
    "goes on optimizing what is called often, and keeps what it made of it. Text grows by",
    `${grown("text", "early", "late")}, and all other objects by ${grown("objects", "early", "late")}: the records, which this page keeps. What remains, a few kilobytes, is in none of these sums; what it is was not found out. A megabyte that is there`,
    "from the start is text of the measuring page, of which it makes the units. The heap inside a worker is in none of these numbers; it goes with the worker,",
    "and workers are counted.",
  ].join(" ");
}
