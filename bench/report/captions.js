/** Of the panels' kind: what the domains are called over their columns. */
export const kinds = { frame: "In a sandboxed frame", worker: "In a worker", realm: "In a realm" };

const line = (Plot, text, options) => Plot.text([text], { facet: "super", fill: "var(--ink)", ...options });

/** Over a row of panels: what it is about on the left, and what it is measured in on the right. */
export const rowCaption = (Plot, title, unit, marginLeft) => [
  line(Plot, title, { frameAnchor: "top-left", dx: -marginLeft, dy: -22, fontSize: 13, fontWeight: 600 }),
  line(Plot, unit, { frameAnchor: "top-right", dy: -22, fill: "var(--soft)", fontSize: 11 }),
];

/** Over the first row: what kind of domain each column is about. */
export const columnCaptions = (Plot, shown) =>
  Plot.text(shown, {
    fx: (kind) => kind,
    text: (kind) => kinds[kind],
    frameAnchor: "top-left",
    dy: -46,
    fontSize: 13,
    fontWeight: 600,
    fill: "var(--ink)",
  });
