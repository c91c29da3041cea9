import { getsThrough } from "./containment-results.js";
import { tableOf } from "./table-of.js";

const INTRODUCTION = `# Containment

Written by \`npm run containment\`, or \`npm run test:engines\`, from a run of the tests in \`test/attacks\` in three engines. Each vector
is a way out of a domain, or a way to something that is the page's or the user's. It is tried in a frame and in a worker, with the
frame document that comes with the library and with a served one that has the headers of [hosting.md](hosting.md); by a unit that
was granted nothing, from its own realm and from a worker that it nests. Frames that it nests run no code of its, so from there
nothing is tried that needs some; the tests see to it that this stays so, and that every try is made. Whether something gets out is
seen from outside: by a server that is asked, by ports that are connected or written to, by the browser's own log of the names whose
address it wanted, where it keeps one, and by the page. A realm is no security boundary and is not here.

The _control_ is the same try in a plain frame or worker of the page's own. Where it does not arrive from there either, its
being stopped proves nothing about the walls, and the reason is below. The tests fail when any of it changes, either way.
`;

const WORDS = `What is said of a vector is said of Chromium; the last columns say where another engine differs. **through**: not stopped, see above. –: there
is no such thing there, and trying is stopped.
`;

const columns = ["frame", "served frame", "worker", "served worker"];
const places = ["control", ...columns];

/**
 * One engine's results.
 * @typedef {{ title: string } & ReturnType<typeof import("./containment-results.js").containmentResults>} Run
 */

/**
 * The document.
 * @param {Run[]} runs the first is the one that the others are compared with
 */
export function containmentTable(runs) {
  const groups = [...new Set(runs.flatMap(({ vectors }) => vectors.map(({ group }) => group)))];
  const open = columns.flatMap((where) =>
    said(runs, where, getsThrough).map(([engines, ...rest]) => [engines, where, ...rest]),
  );
  return [
    INTRODUCTION,
    "<!-- prettier-ignore-start -->\n",
    tableOf(
      [
        "Engine",
        "Group",
        "Vectors",
        "Controls that arrive",
        ...columns.map((where) => `Through: ${where}`),
        "Tests failed",
      ],
      runs.flatMap(({ title, vectors }) =>
        [...groups, "all"].map((group) => [
          title,
          group,
          ...counts(group === "all" ? vectors : vectors.filter((each) => each.group === group)),
        ]),
      ),
    ),
    "## What gets through\n",
    open.length > 0 ? tableOf(["Engine", "Where", "Group", "Vector", "Why"], open) : "Nothing.\n",
    "## Vector by vector\n",
    WORDS,
    ...groups.map((group) => `### ${capital(group)}\n\n${vectorTable(runs, group)}`),
    "## Vectors whose control does not arrive\n",
    tableOf(
      ["Engine", "Group", "Vector", "Why"],
      said(runs, "control", (cell) => cell?.reason !== undefined),
    ),
    "## The protocol, floods, and what else is held\n",
    tableOf(["Test", ...runs.map(({ title }) => title)], otherRows(runs)),
    "<!-- prettier-ignore-end -->\n",
  ].join("\n");
}

/** Rows of engines, group, vector and reason: engines in which the same is said for the same reason have one. */
function said(runs, where, isIt) {
  /** @type {Map<string, [string[], ...string[]]>} */
  const rows = new Map();
  for (const { title, vectors } of runs) {
    for (const { group, vector, cells } of vectors) {
      if (!isIt(cells[where])) continue;
      const row = [group, vector, cells[where].reason];
      const known = rows.get(row.join("\n"));
      if (known) known[0].push(title);
      else rows.set(row.join("\n"), [[title], ...row]);
    }
  }
  return [...rows.values()].map(([engines, ...rest]) => [engines.join(", "), ...rest]);
}

function counts(vectors) {
  const count = (where, isIt) => vectors.filter(({ cells }) => isIt(cells[where])).length;
  const failed = vectors.flatMap(({ cells }) => Object.values(cells)).filter(({ passed }) => !passed).length;
  const arrive = count("control", (cell) => cell?.said === "arrives");
  return [vectors.length, arrive, ...columns.map((where) => count(where, getsThrough)), failed];
}

function vectorTable(runs, group) {
  const [first, ...others] = runs;
  const names = [...new Set(runs.flatMap(({ vectors }) => vectors.filter((each) => each.group === group)).map(nameOf))];
  return tableOf(
    ["Vector", "Control", ...columns, ...others.map(({ title }) => title)],
    names.map((name) => {
      const own = cellsOf(first, group, name);
      const words = places.map((where) => wordFor(own[where]));
      return [name, ...words, ...others.map((run) => differences(words, cellsOf(run, group, name)))];
    }),
  );
}

const nameOf = ({ vector }) => vector;
const cellsOf = ({ vectors }, group, name) =>
  vectors.find((each) => each.group === group && each.vector === name)?.cells ?? {};

/** Where another engine does otherwise; empty where it does the same everywhere. */
function differences(words, cells) {
  const theirs = places.map((where) => wordFor(cells[where]));
  if (theirs.every((word) => word === "")) return "no such thing";
  if (theirs.every((word, at) => word === theirs[0] && word !== words[at])) return `everywhere: ${theirs[0]}`;
  return places.flatMap((where, at) => (theirs[at] === words[at] ? [] : [`${where}: ${theirs[at] || "–"}`])).join("; ");
}

function otherRows(runs) {
  const names = [...new Set(runs.flatMap(({ others }) => [...others.keys()]))];
  return names.map((name) => [
    name,
    ...runs.map(({ others }) => (others.has(name) ? (others.get(name) ? "passed" : "**failed**") : "–")),
  ]);
}

function wordFor(cell) {
  if (!cell) return "";
  if (!cell.passed) return "**failed**";
  if (getsThrough(cell)) return "**through**";
  if (cell.said === "is not there") return "–";
  return cell.said === "is stopped" ? "stopped" : cell.said === "arrives" ? "arrives" : "does not arrive";
}

const capital = (text) => text[0].toUpperCase() + text.slice(1);
