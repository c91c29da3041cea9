import { toBars } from "./bars.js";
import { columnCaptions, rowCaption } from "./captions.js";
import { groupBy } from "./group-by.js";

const kinds = ["frame", "worker"];

const ticks = [1, 10, 100, 1000];
const barHeight = 17;
const marginLeft = 124;
const marginBottom = 22;

/**
 * A row of panels for each workload, one for each kind of domain; all have the same scale.
 * @param {object[]} summaries
 * @param {number} width of a row
 * @returns {Promise<SVGElement[]>}
 */
export async function panels(summaries, width) {
  const Plot = await import("/libraries/@observablehq/plot.es.js");
  const rows = [...groupBy(summaries, ({ id }) => id).values()]
    .map(([first, ...rest]) => ({ title: first.title, unit: first.unit, ...toBars([first, ...rest]) }))
    .filter(({ bars }) => bars.length > 0);
  const ends = rows.flatMap(({ bars }) => bars.flatMap(({ ratio, end }) => [ratio, end]));
  const domain = [Math.min(0.9, ...ends), Math.max(10, ...ends)];
  return rows.map((row, index) => draw(Plot, row, { width, domain, isFirst: index === 0 }));
}

function draw(Plot, { title, unit, bars, targets }, { width, domain, isFirst }) {
  const names = [...new Set(bars.map(({ name }) => name))];
  const shown = ticks.filter((tick) => tick <= domain[1]);
  const marginTop = isFirst ? 60 : 36;
  return Plot.plot({
    width,
    height: marginTop + names.length * barHeight + marginBottom,
    marginTop,
    marginBottom,
    marginLeft,
    marginRight: 0,
    style: { color: "var(--ink)", background: "none", fontSize: "11px" },
    x: { type: "log", domain, insetRight: 110 }, // room for the label of the longest bar
    y: { domain: names, label: null, padding: 0.22 },
    fx: { domain: kinds, axis: null, padding: 0.03 },
    marks: [
      Plot.gridX(shown, { stroke: "var(--line)", strokeOpacity: 1 }),
      Plot.axisX(shown, { tickFormat: (value) => `${value} ×`, tickSize: 0, label: null, color: "var(--soft)" }),
      Plot.axisY({ tickSize: 0, fontSize: 12 }),
      Plot.barX(bars, {
        fx: "kind",
        y: "name",
        x1: 1,
        x2: "ratio",
        fill: ({ isOurs }) => (isOurs ? "var(--ours)" : "var(--others)"),
      }),
      Plot.ruleX([1], { stroke: "var(--ink)" }),
      Plot.tickX(targets, { fx: "kind", y: "name", x: "ratio", stroke: "var(--target)", strokeWidth: 2.5, inset: -2 }),
      Plot.text(bars, {
        fx: "kind",
        y: "name",
        x: "end",
        text: "label",
        textAnchor: "start",
        dx: 7,
        fill: "var(--ink)",
        stroke: "var(--back)",
      }),
      ...rowCaption(Plot, title, unit, marginLeft),
      ...(isFirst ? [columnCaptions(Plot, kinds)] : []),
    ],
  });
}
