import { composeFigure, innerWidth } from "./compose-figure.js";
import { panels } from "./panels.js";

const lines = [
  "The limit is what the platform takes with no library: raw postMessage, or a bare frame. Shorter is better; the scale is logarithmic.",
  "Beside each bar the median, and what it is of the limit. The upright stroke is the target for Leasehold.",
];

/**
 * One figure of all that was measured.
 * @param {object[]} summaries
 * @returns {Promise<string>} an SVG document
 */
export async function drawFigure(summaries) {
  return composeFigure("How many times as long as the limit", lines, await panels(summaries, innerWidth));
}
