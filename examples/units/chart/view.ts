import { createCanvasChart } from "./canvas-chart.js";
import type { RecordName, Series } from "./series.js";
import { createSheet } from "./style.js";
import { readTheme, type Theme, watchTheme } from "./theme.js";

/** The chart on the page: a title, buttons for the records, the canvas, and who measured it. */
export interface View {
  /** `name` marks one of the buttons as the one in use. */
  show(series: Series, name: RecordName | undefined): void;
  image(): string;
  destroy(): void;
}

const buttonLabels: Record<RecordName, string> = { co2: "CO₂", temperature: "Temperature" };

/** Fills `root`; `choose` is called with the record whose button is pressed. */
export function createView(root: HTMLElement, names: RecordName[], choose: (name: RecordName) => void): View {
  const title = element("h2");
  const source = element("figcaption");
  const canvas = element("canvas");
  canvas.setAttribute("role", "img");
  const buttons = names.map((name) => {
    const button = element("button", buttonLabels[name]);
    button.type = "button";
    button.addEventListener("click", () => choose(name));
    return button;
  });
  const figure = element("figure");
  figure.className = "chart-unit";
  figure.append(
    element("header", title, element("nav", ...buttons)),
    element("div", canvas), // Chart.js takes its size from an element that holds the canvas alone.
    source,
  );

  const sheet = createSheet();
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  root.append(figure);
  const chart = createCanvasChart(canvas);
  const applyTheme = () => {
    const theme = readTheme();
    applyToElement(figure, theme);
    chart.setTheme(theme);
  };
  const stopWatching = watchTheme(applyTheme);
  applyTheme();

  return {
    show(series, name) {
      title.textContent = series.unit ? `${series.title} (${series.unit})` : series.title;
      source.textContent = series.source ?? "";
      canvas.setAttribute("aria-label", describe(series));
      names.forEach((candidate, index) => buttons[index]?.setAttribute("aria-pressed", String(candidate === name)));
      chart.show(series);
    },
    image: () => chart.image(),
    destroy() {
      stopWatching();
      chart.destroy();
      figure.remove();
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((adopted) => adopted !== sheet);
    },
  };
}

function describe({ title, labels, values, unit = "" }: Series): string {
  const ends = `${labels[0]}: ${values[0]} ${unit}, ${labels.at(-1)}: ${values.at(-1)} ${unit}`;
  return values.length ? `${title}. ${ends}.` : title;
}

function applyToElement(figure: HTMLElement, theme: Theme): void {
  for (const [name, value] of Object.entries(theme)) figure.style.setProperty(`--${name}`, value);
}

function element<K extends keyof HTMLElementTagNameMap>(tag: K, ...children: (Node | string)[]) {
  const created = document.createElement(tag);
  created.append(...children);
  return created;
}
