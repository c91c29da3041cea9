import { tableOf } from "./table-of.js";

const INTRODUCTION = `# Engines

Written by \`npm run test:engines\` from the last run of the whole suite in each engine; a dash where that has not been run as a
whole since. What engines differ in is expected by the tests, and never left out: the suite fails when an engine begins or ceases to
do a thing. What they do is what \`test/browser/engines.test.ts\` has seen there.

What holds in all of them: a unit is loaded, called, and taken back, with nothing left of it in the page; every reference is counted;
what a unit was not granted it does not get. [containment.md](containment.md) has the ways out of a domain.

Chromium is isolated as its users have it; in one process is how Puppeteer starts it by itself. WebKit is WebKitGTK here, which is not
Safari: it is built with other switches. What is said of it is said of that.
`;

const GUARANTEES = `## What to rely on

- **For code that nobody knows: isolation "worker".** It is the one kind of domain that stalls the page in no engine, and that every
  engine ends at once.
- **A view stalls the page while it computes in Firefox and WebKit**, where its frame runs where the page runs, and other views in
  Chromium. Put what computes into a unit in a worker, and let the view call it.
- **Load a view into its container** (\`load(source, { container })\`, \`<unit-view>\`) where it has to work in WebKit: it reloads a frame that is
  moved, so that \`mount()\` is refused there.
- **\`using\`** has to be compiled for WebKit. \`release()\`, and what compilers make of \`using\`, work everywhere; units find
  \`Symbol.dispose\` in every engine.
- **What a worker's policy refuses is refused in every engine**; of WebKit nobody hears that it was tried.
- **Places in errors** are those of the unit's modules, by path, line and column. Engines count columns in their own way: Chromium to the
  beginning of a call, Firefox and WebKit often to its bracket. WebKit tells no place in code that was compiled from text.
- **What is no error** (\`throw "text"\`) has no stack. Which module threw it is found by asking again, which WebKit answers wrongly: there the
  entry is named.
- **In Firefox's workers** a module cannot be imported by \`import()\` while it still runs.
- **Firefox reloads a frame that moves together with the shadow tree that it is in.** A \`<unit-view>\` that is moved by \`moveBefore()\` loads its
  unit anew there.
- **In WebKit an error that a unit does not catch is "Script error."** to the host, in a frame or a worker. Rejections are told in full.
- **In WebKit no unit writes to the clipboard**: it lets nobody write but the window that was pressed in, and that is the unit's, while
  the page is who writes. The unit is told \`clipboard-refused\`.
- **WebKit keeps no Blobs in IndexedDB where it writes nothing to a disk**: a unit that stores one is told \`storage-unavailable\`.
- **A page that is isolated from other origins** (COOP and COEP) starts no units in workers in WebKit: \`load()\` fails at once with
  \`domain-blocked\`. Load into a frame there.
`;

/**
 * The document.
 * @param {{ title: string, version: string, whole?: { passed: number, failed: number, skipped: number }, facts: { group: string,
 *   what: string, seen: boolean | string }[] }[]} outcomes one an engine; `whole` is of the last run of the whole suite
 */
export function enginesTable(outcomes) {
  const titles = outcomes.map(({ title }) => title);
  const counts = outcomes.map(({ title, version, whole }) => [
    title,
    version,
    ...["passed", "failed", "skipped"].map((kind) => whole?.[kind] ?? "–"),
  ]);
  const groups = groupBy(outcomes[0].facts);
  const rows = [...groups].flatMap(([group, facts]) => [
    [`**${group} …**`, ...titles.map(() => "")],
    ...facts.map(({ what }) => [`… ${what}`, ...outcomes.map((outcome) => seenIn(outcome, group, what))]),
  ]);
  return [
    INTRODUCTION,
    "<!-- prettier-ignore-start -->\n",
    tableOf(["Engine", "Version", "Passed", "Failed", "Skipped"], counts),
    "## What they do\n",
    tableOf(["", ...titles], rows),
    "<!-- prettier-ignore-end -->\n",
    GUARANTEES,
  ].join("\n");
}

function groupBy(facts) {
  const groups = new Map();
  for (const fact of facts) groups.set(fact.group, [...(groups.get(fact.group) ?? []), fact]);
  return groups;
}

function seenIn({ facts }, group, what) {
  const { seen } = facts.find((fact) => fact.group === group && fact.what === what) ?? { seen: "–" };
  return typeof seen === "boolean" ? (seen ? "yes" : "**no**") : seen;
}
