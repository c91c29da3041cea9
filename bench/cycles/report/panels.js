import { columnCaptions, rowCaption } from "../../report/captions.js";
import { linesOf, rows } from "./lines.js";
import { withCommas } from "./words.js";

const colors = { page: "var(--ours)", frames: "var(--soft)", all: "var(--ink)", host: "var(--ink)" };

const marginLeft = 30;
const marginBottom = 6;
const axisHeight = 16;
const lineHeight = 14;

/**
 * A row of panels for each thing that is counted, one for each isolation, with the same cycles below them all.
 * @param {object[]} runs
 * @param {number} width of a row
 * @returns {Promise<SVGElement[]>}
 */
export async function panels(runs, width) {
  const Plot = await import("/libraries/@observablehq/plot.es.js");
  return rows.map((row, index) => draw(Plot, runs, row, width, index));
}

function draw(Plot, runs, row, width, index) {
  const { title, unit = "", height = 34 } = row;
  const isFirst = index === 0;
  const below = marginBottom + (index === rows.length - 1 ? axisHeight : 0);
  const marginTop = isFirst ? 60 : 30;
  const isolations = runs.map(({ isolation }) => isolation);
  const lines = runs.flatMap((run) => linesOf(run, row));
  const points = lines.flatMap((line) => line.points);
  const largest = Math.max(1, ...points.map(({ value }) => value));
  const ticks = isFirst ? Array.from({ length: Math.floor(largest) + 1 }, (_, tick) => tick) : [0];
  const records = runs[0].records.map(({ cycles }) => cycles);
  return Plot.plot({
    width,
    height: marginTop + height + below,
    marginTop,
    marginBottom: below,
    marginLeft,
    marginRight: 0,
    style: { color: "var(--ink)", background: "none", fontSize: "11px" },
    x: { domain: [0, records.at(-1)], axis: null, insetRight: 106 }, // room for the labels
    y: { domain: [0, largest * 1.1] },
    fx: { domain: isolations, axis: null, padding: 0.04 },
    marks: [
      Plot.gridY(ticks, { stroke: "var(--line)", strokeOpacity: 1 }),
      Plot.axisY(ticks, { tickSize: 0, label: null, color: "var(--soft)" }),
      ...(below > marginBottom ? [cyclesAxis(Plot, [0, records[records.length >> 1], records.at(-1)])] : []),
      Plot.line(points, {
        fx: "isolation",
        x: "cycles",
        y: "value",
        z: "by",
        sort: ({ by }) => by === "page", // on top where lines are in the same place
        stroke: ({ by }) => colors[by],
        strokeWidth: 2,
      }),
      ...runs.flatMap(({ isolation }) => labels(Plot, isolation, lines)),
      ...rowCaption(Plot, title, unit, marginLeft),
      ...(isFirst ? [columnCaptions(Plot, isolations)] : []),
    ],
  });
}

const cyclesAxis = (Plot, ticks) =>
  Plot.axisX(ticks, {
    tickFormat: (tick) => `${withCommas(tick)}${tick ? "" : " cycles"}`,
    tickSize: 0,
    label: null,
    color: "var(--soft)",
  });

/** One below the other at the right, in the colours of the lines: lines may end in the same place. */
function labels(Plot, isolation, lines) {
  const shown = lines
    .filter((line) => line.isolation === isolation)
    .flatMap(({ by, labels }) => labels.map((label) => ({ isolation, by, label })));
  return shown.map((label, index) =>
    Plot.text([label], {
      fx: "isolation",
      text: "label",
      frameAnchor: "top-right",
      dy: lineHeight * index,
      fill: colors[label.by],
      stroke: "var(--back)",
      strokeWidth: 4,
    }),
  );
}
