import { containmentResults, getsThrough } from "./containment-results.js";
import { tableOf } from "./table-of.js";

const INTRODUCTION = `# Containment

Written by \`npm run containment\` from a run of the tests in \`test/attacks\`. Each vector is a way out of a domain, or a
way to something that is the page's or the user's. It is tried in a frame and in a worker, with the frame document that comes
with the library and with a served one that has the headers of [hosting.md](hosting.md); by a unit that was granted nothing,
from its own realm and from a worker that it nests. Frames that it nests run no code of its, so from there nothing is tried that
needs some; the tests see to it that this stays so, and that every try is made. Whether something gets out is seen from
outside: by a server that is asked, by ports that are connected or written to, by the browser's own log of the names whose
address it wanted, and by the page. A realm is no security boundary and is not here.

The _control_ is the same try in a plain frame or worker of the page's own. Where it does not arrive from there either, its
being stopped proves nothing about the walls, and the reason is below. The tests fail when any of it changes, either way.
`;

const WORDS = `**through**: not stopped, see below. –: there is no such thing there, and trying is stopped. The engine is Chromium; in Firefox
and in WebKit the attacks have not been run, so nothing is said of them.
`;

const columns = ["frame", "served frame", "worker", "served worker"];

/**
 * The document.
 * @param {Map<string, boolean>} results whether a test passed, by its full name
 */
export function containmentTable(results) {
  const { vectors, others } = containmentResults(results);
  const groups = [...new Set(vectors.map(({ group }) => group))];
  const reasons = (where, isIt) =>
    vectors.flatMap(({ group, vector, cells }) => (isIt(cells[where]) ? [[group, vector, cells[where].reason]] : []));
  const open = columns.flatMap((where) => reasons(where, getsThrough).map((row) => [where, ...row]));
  return [
    INTRODUCTION,
    "<!-- prettier-ignore-start -->\n",
    tableOf(
      ["Group", "Vectors", "Controls that arrive", ...columns.map((where) => `Through: ${where}`), "Tests failed"],
      [
        ...groups.map((group) =>
          summary(
            group,
            vectors.filter((each) => each.group === group),
          ),
        ),
        summary("all", vectors),
      ],
    ),
    "## What gets through\n",
    open.length > 0 ? tableOf(["Where", "Group", "Vector", "Why"], open) : "Nothing.\n",
    "## Vector by vector\n",
    WORDS,
    ...groups.map((group) => `### ${capital(group)}\n\n${vectorTable(vectors.filter((each) => each.group === group))}`),
    "## Vectors whose control does not arrive\n",
    tableOf(
      ["Group", "Vector", "Why"],
      reasons("control", (cell) => cell?.reason !== undefined),
    ),
    "## The protocol, floods, and what else is held\n",
    tableOf(
      ["Test", "Result"],
      others.map(({ name, passed }) => [name, passed ? "passed" : "**failed**"]),
    ),
    "<!-- prettier-ignore-end -->\n",
  ].join("\n");
}

function summary(name, vectors) {
  const count = (where, isIt) => vectors.filter(({ cells }) => isIt(cells[where])).length;
  const failed = vectors.flatMap(({ cells }) => Object.values(cells)).filter(({ passed }) => !passed).length;
  const arrive = count("control", (cell) => cell?.said === "arrives");
  return [name, vectors.length, arrive, ...columns.map((where) => count(where, getsThrough)), failed];
}

function vectorTable(vectors) {
  return tableOf(
    ["Vector", "Control", ...columns, "Firefox, WebKit"],
    vectors.map(({ vector, cells }) => [
      vector,
      ...["control", ...columns].map((where) => wordFor(cells[where])),
      "not run",
    ]),
  );
}

function wordFor(cell) {
  if (!cell) return "";
  if (!cell.passed) return "**failed**";
  if (getsThrough(cell)) return "**through**";
  if (cell.said === "is not there") return "–";
  return cell.said === "is stopped" ? "stopped" : cell.said === "arrives" ? "arrives" : "does not arrive";
}

const capital = (text) => text[0].toUpperCase() + text.slice(1);
