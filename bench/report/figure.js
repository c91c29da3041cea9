import { panels } from "./panels.js";
import { theme } from "./theme.js";

const svgNamespace = "http://www.w3.org/2000/svg";

const width = 1000;
const margin = 16;

/** Room for the three lines above the panels. */
const head = 76;

const lines = [
  { y: 30, size: 18, weight: 600, text: "How many times as long as the limit" },
  {
    y: 50,
    text: "The limit is what the platform takes with no library: raw postMessage, or a bare frame. Shorter is better; the scale is logarithmic.",
  },
  {
    y: 66,
    text: "Beside each bar the median, and what it is of the limit. The upright stroke is the target for Leasehold.",
  },
];

/**
 * One figure of all that was measured, drawn by the browser that measured it.
 * @param {object[]} summaries
 * @returns {Promise<string>} an SVG document
 */
export async function drawFigure(summaries) {
  const figure = element("svg", {
    xmlns: svgNamespace,
    width,
    "font-family": "system-ui, sans-serif",
    "font-size": 12,
  });
  const style = element("style");
  style.textContent = theme;
  const back = element("rect", { width: "100%", height: "100%", rx: 8, fill: "var(--back)" });
  figure.append(style, back, ...lines.map(heading));

  let y = head;
  for (const panel of await panels(summaries, width - 2 * margin)) {
    panel.setAttribute("x", margin);
    panel.setAttribute("y", y);
    y += Number(panel.getAttribute("height"));
    figure.append(panel);
  }
  figure.setAttribute("height", y + margin);
  figure.setAttribute("viewBox", `0 0 ${width} ${y + margin}`);
  return `${new XMLSerializer().serializeToString(figure)}\n`;
}

function heading({ y, size = 12, weight = 400, text }) {
  const fill = size > 12 ? "var(--ink)" : "var(--soft)";
  const line = element("text", { x: margin, y, "font-size": size, "font-weight": weight, fill });
  line.textContent = text;
  return line;
}

function element(name, attributes = {}) {
  const made = document.createElementNS(svgNamespace, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}
