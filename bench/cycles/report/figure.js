import { composeFigure, innerWidth } from "../../report/compose-figure.js";
import { bounds } from "../judge.js";
import { panels } from "./panels.js";
import { withCommas } from "./words.js";

/**
 * One figure of what was counted over the cycles.
 * @param {{ runs: object[] }} report
 * @returns {Promise<string>} an SVG document
 */
export async function drawFigure({ runs }) {
  const [{ cycles: early }, { cycles }] = [runs[0].records[1], runs[0].records.at(-1)];
  const lines = [
    "A cycle loads a unit of one megabyte of code, uses it, and unloads it. Counted after a collection, while a pool of waiting domains is full.",
    `Nothing but heap may be more than at the start; heap may grow by ${bounds.heap} bytes a cycle from cycle ${early} on. Beside each line its last value.`,
  ];
  return composeFigure(`What is left after ${withCommas(cycles)} cycles`, lines, await panels(runs, innerWidth));
}
