import { theme } from "./theme.js";

const svgNamespace = "http://www.w3.org/2000/svg";

const width = 1000;
const margin = 16;

/** Of a panel. */
export const innerWidth = width - 2 * margin;

/**
 * One figure, drawn by the browser that measured what it shows: a title, lines under it, and panels one below the other.
 * @param {string} title
 * @param {string[]} lines
 * @param {SVGElement[]} panels
 * @returns {string} an SVG document
 */
export function composeFigure(title, lines, panels) {
  const figure = element("svg", {
    xmlns: svgNamespace,
    width,
    "font-family": "system-ui, sans-serif",
    "font-size": 12,
  });
  const style = element("style");
  style.textContent = theme;
  const back = element("rect", { width: "100%", height: "100%", rx: 8, fill: "var(--back)" });
  figure.append(style, back, text(title, { y: 30, "font-size": 18, "font-weight": 600, fill: "var(--ink)" }));
  lines.forEach((line, index) => figure.append(text(line, { y: 50 + 16 * index, fill: "var(--soft)" })));

  let y = 44 + 16 * lines.length;
  for (const panel of panels) {
    panel.setAttribute("x", margin);
    panel.setAttribute("y", y);
    y += Number(panel.getAttribute("height"));
    figure.append(panel);
  }
  figure.setAttribute("height", y + margin);
  figure.setAttribute("viewBox", `0 0 ${width} ${y + margin}`);
  return `${new XMLSerializer().serializeToString(figure)}\n`;
}

function text(line, attributes) {
  const made = element("text", { x: margin, ...attributes });
  made.textContent = line;
  return made;
}

function element(name, attributes = {}) {
  const made = document.createElementNS(svgNamespace, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}
