import type * as chart from "./chart/index.js";
import type * as chess from "./chess/index.js";
import type * as diff from "./diff/index.js";
import type * as highlight from "./highlight/index.js";
import type * as marked from "./marked/index.js";
import type * as mathjs from "./mathjs/index.js";
import type * as notes from "./notes/index.js";
import type * as papaparse from "./papaparse/index.js";
import type * as qrcode from "./qrcode/index.js";
import type * as sqlite from "./sqlite/index.js";
import * as text from "./sample-texts.js";

/** The exports of each example unit, by the unit's name. */
export interface ExampleUnits {
  marked: typeof marked;
  highlight: typeof highlight;
  papaparse: typeof papaparse;
  diff: typeof diff;
  chess: typeof chess;
  qrcode: typeof qrcode;
  mathjs: typeof mathjs;
  sqlite: typeof sqlite;
  chart: typeof chart;
  notes: typeof notes;
}

/** One call that shows what a unit is good for, and how to know that the answer is right. */
export interface Demo {
  unit: keyof ExampleUnits;
  label: string;
  export: string;
  args: unknown[];
  /** What a person may put in place of the first argument: a text, or a file's bytes as a Uint8Array. */
  accepts?: "text" | "file";
  /** How the answer is shown: "table" is a list of flat objects, "view" is in the unit's own view. */
  result: "html" | "text" | "json" | "table" | "svg" | "view";
  /** Picks what is shown out of the answer, where that is not all of it. */
  present?(answer: unknown): unknown;
  /** Whether the answer to `args` is the right one. */
  expect(answer: unknown): boolean;
}

type FunctionsOf<T> = { [K in keyof T as T[K] extends (...args: never[]) => unknown ? K : never]: T[K] };
type Call<T> = T extends (...args: infer A) => infer R ? { args: A; answer: Awaited<R> } : never;

/** Checks a demo against the signature of the export that it calls. */
function demo<U extends keyof ExampleUnits, E extends keyof FunctionsOf<ExampleUnits[U]> & string>(
  unit: U,
  name: E,
  details: Pick<Demo, "label" | "accepts" | "result"> & {
    args: Call<ExampleUnits[U][E & keyof ExampleUnits[U]]>["args"];
    present?(answer: Call<ExampleUnits[U][E & keyof ExampleUnits[U]]>["answer"]): unknown;
    expect(answer: Call<ExampleUnits[U][E & keyof ExampleUnits[U]]>["answer"]): boolean;
  },
): Demo {
  return { unit, export: name, ...details } as Demo;
}

const same = (actual: unknown, expected: unknown) => JSON.stringify(actual) === JSON.stringify(expected);

/** What the workbench offers to try and the tests try. The demos of one unit may run in any order, in one loaded unit. */
export const demos: Demo[] = [
  demo("marked", "render", {
    label: "Markdown to HTML",
    args: [text.markdown],
    accepts: "text",
    result: "html",
    expect: (html) => html.startsWith("<h1>Hi</h1>") && html.includes('align="right">8.1</td>'),
  }),
  demo("marked", "outline", {
    label: "Outline",
    args: [text.markdown],
    accepts: "text",
    result: "table",
    expect: (headings) =>
      same(headings, [
        { depth: 1, text: "Hi" },
        { depth: 2, text: "Tall and small" },
      ]),
  }),
  demo("highlight", "highlight", {
    label: "Colour code",
    args: [text.code],
    accepts: "text",
    result: "html",
    present: ({ html }) => `<pre class="hljs">${html}</pre>`,
    expect: ({ html, language }) => language === "rust" && html.includes('<span class="hljs-keyword">fn</span>'),
  }),
  demo("highlight", "highlight", {
    label: "Colour JSON",
    args: ['{ "answer": 42 }', "json"],
    result: "html",
    present: ({ html }) => `<pre class="hljs">${html}</pre>`,
    expect: ({ html }) => html.includes('<span class="hljs-number">42</span>'),
  }),
  demo("highlight", "languages", {
    label: "Languages",
    args: [],
    result: "json",
    expect: (names) => names.length === 36 && names.includes("typescript"),
  }),
  demo("papaparse", "parse", {
    label: "Read CSV",
    args: [text.csv],
    accepts: "text",
    result: "table",
    present: ({ rows }) => rows,
    expect: ({ rows, errors }) =>
      errors.length === 0 && same(rows[2], { planet: "Earth", diameter: 12756, year: 365.2, rings: false }),
  }),
  demo("papaparse", "summarize", {
    label: "What the columns hold",
    args: [text.csv],
    accepts: "text",
    result: "table",
    present: ({ columns }) => columns,
    expect: ({ rows, columns }) => rows === 8 && columns[1]?.max === 142984 && columns[3]?.type === "boolean",
  }),
  demo("papaparse", "unparse", {
    label: "Write CSV",
    args: [[{ name: "Ada", quote: 'said "hello", once' }]],
    result: "text",
    expect: (csv) => csv === 'name,quote\nAda,"said ""hello"", once"',
  }),
  demo("diff", "unified", {
    label: "Make a patch",
    args: [text.before, text.after, "poem.txt"],
    result: "text",
    expect: (patch) => patch === text.patch,
  }),
  demo("diff", "words", {
    label: "Word by word",
    args: ["the cat sat", "the dog sat"],
    result: "table",
    expect: (parts) =>
      same(
        parts.map(({ kind }) => kind),
        ["same", "removed", "added", "same"],
      ),
  }),
  demo("diff", "apply", {
    label: "Apply a patch",
    args: [text.before, text.patch],
    accepts: "text",
    result: "text",
    expect: (patched) => patched === text.after,
  }),
  demo("chess", "moves", {
    label: "Legal moves",
    args: [text.chessStart],
    accepts: "text",
    result: "table",
    expect: (moves) => moves.length === 20 && moves.some(({ san }) => san === "Nf3"),
  }),
  demo("chess", "play", {
    label: "Scholar's mate",
    args: [text.chessStart, ["e4", "e5", "Bc4", "Nc6", "Qh5", "Nf6", "Qxf7#"]],
    result: "text",
    present: ({ board, status }) => [...board, "", status].join("\n"),
    expect: ({ status, turn, board }) => status === "checkmate" && turn === "black" && board[1] === "pppp.Qpp",
  }),
  demo("chess", "perft", {
    label: "Count three moves ahead",
    args: [text.chessStart, 3],
    result: "json",
    expect: (positions) => positions === 8902,
  }),
  demo("qrcode", "svg", {
    label: "Draw a code",
    args: ["https://example.com/"],
    accepts: "text",
    result: "svg",
    expect: (svg) => svg.startsWith("<svg ") && svg.endsWith("</svg>"),
  }),
  demo("qrcode", "matrix", {
    label: "Modules",
    args: ["HELLO"],
    accepts: "text",
    result: "text",
    present: ({ rows }) => rows.join("\n").replaceAll("1", "██").replaceAll("0", "  "),
    expect: ({ version, size, rows }) => version === 1 && size === 21 && rows[0]?.startsWith("11111110") === true,
  }),
  demo("mathjs", "evaluate", {
    label: "Evaluate",
    args: ["2 + 3"],
    accepts: "text",
    result: "json",
    expect: (value) => value === 5,
  }),
  demo("mathjs", "worksheet", {
    label: "Worksheet",
    args: [text.worksheet],
    accepts: "text",
    result: "table",
    expect: (lines) =>
      same(
        lines.map(({ answer }) => answer),
        ["5.08 cm", "3 + 4i", "5", "-2"],
      ),
  }),
  demo("mathjs", "derivative", {
    label: "Derivative",
    args: ["x^3 + 2x"],
    accepts: "text",
    result: "text",
    expect: (derivative) => derivative === "3 * x ^ 2 + 2",
  }),
  demo("mathjs", "simplify", {
    label: "Simplify",
    args: ["2x + 3x + 4 - 1"],
    accepts: "text",
    result: "text",
    expect: (simple) => simple === "5 * x + 3",
  }),
  demo("sqlite", "query", {
    label: "Query",
    args: [text.sql],
    accepts: "text",
    result: "table",
    present: (results) =>
      results.flatMap(({ columns, rows }) =>
        rows.map((row) => Object.fromEntries(columns.map((column, index) => [column, row[index]]))),
      ),
    expect: (results) =>
      same(results, [
        {
          columns: ["continent", "peaks", "highest"],
          rows: [
            ["Asia", 2, 8849],
            ["Africa", 1, 5895],
          ],
        },
      ]),
  }),
  demo("sqlite", "open", {
    label: "Open a database file",
    args: [],
    accepts: "file",
    result: "table",
    expect: (tables) => tables.length === 0,
  }),
  demo("chart", "series", {
    label: "What there is to draw",
    args: [],
    result: "table",
    expect: (series) =>
      same(
        series.map(({ name, from }) => [name, from]),
        [
          ["co2", "1959"],
          ["temperature", "1880"],
        ],
      ),
  }),
  demo("chart", "setSeries", { label: "Show temperature", args: ["temperature"], result: "view", expect: () => true }),
  demo("chart", "draw", {
    label: "Draw numbers of your own",
    args: [
      {
        title: "Primes below 50, by tens",
        kind: "bar",
        labels: ["0s", "10s", "20s", "30s", "40s"],
        values: [4, 4, 2, 2, 3],
      },
    ],
    result: "view",
    expect: () => true,
  }),
  demo("notes", "add", {
    label: "Keep a note",
    args: ["Water the plants"],
    accepts: "text",
    result: "json",
    expect: ({ text: kept, at }) => kept === "Water the plants" && at <= Date.now(),
  }),
  demo("notes", "list", {
    label: "All notes",
    args: [],
    result: "table",
    present: (notes) => notes.map(({ text: kept, at }) => ({ note: kept, kept: new Date(at).toLocaleString("en") })),
    expect: (notes) => notes.every(({ id }, index) => notes.findIndex((note) => note.id === id) === index),
  }),
  demo("notes", "remind", {
    label: "Say something",
    args: ["Tea is ready"],
    accepts: "text",
    result: "text",
    expect: (title) => title === "Tea is ready",
  }),
];
