import {
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  type ChartConfiguration,
  Filler,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  Tooltip,
} from "chart.js";
import type { Series } from "./series.js";
import type { Theme } from "./theme.js";

Chart.register(
  BarController,
  BarElement,
  CategoryScale,
  Filler,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  Tooltip,
);

/** A canvas that always shows the series and the theme it was given last. */
export function createCanvasChart(canvas: HTMLCanvasElement) {
  let chart: Chart | undefined;
  let series: Series | undefined;
  let theme: Theme | undefined;

  function redraw() {
    if (!series || !theme) return;
    // A new chart each time: a change of kind or colours leaves little of the old one to keep.
    chart?.destroy();
    chart = new Chart(canvas, configure(series, theme));
  }

  return {
    show(next: Series) {
      series = next;
      redraw();
    },
    setTheme(next: Theme) {
      theme = next;
      redraw();
    },
    image: () => chart?.toBase64Image() ?? "",
    destroy: () => chart?.destroy(),
  };
}

function configure({ kind, labels, values, unit, title }: Series, theme: Theme): ChartConfiguration {
  const font = { family: theme.font, size: 12 };
  return {
    type: kind,
    data: { labels, datasets: [{ label: title, data: values, ...datasetStyle(kind, theme) }] },
    options: {
      animation: false, // A view that is not painted gets no animation frames, and would stay blank.
      responsive: true,
      maintainAspectRatio: false,
      interaction: { mode: "index", intersect: false },
      scales: {
        x: {
          grid: { display: false },
          border: { color: theme.border },
          ticks: { color: theme.muted, font, maxRotation: 0, autoSkipPadding: 24 },
        },
        y: {
          grid: { color: theme.border },
          border: { display: false },
          ticks: { color: theme.muted, font, maxTicksLimit: 7 },
        },
      },
      plugins: {
        tooltip: {
          displayColors: false,
          backgroundColor: theme.color,
          titleColor: theme.background,
          bodyColor: theme.background,
          titleFont: font,
          bodyFont: font,
          callbacks: { label: ({ parsed }) => [parsed.y, unit].filter((part) => part !== undefined).join(" ") },
        },
      },
    },
  };
}

function datasetStyle(kind: Series["kind"], { accent, muted }: Theme) {
  if (kind === "bar") {
    const backgroundColor = ({ raw }: { raw: unknown }) => (Number(raw) < 0 ? muted : accent);
    return { backgroundColor, hoverBackgroundColor: backgroundColor, categoryPercentage: 1, barPercentage: 0.8 };
  }
  return {
    borderColor: accent,
    borderWidth: 2,
    backgroundColor: `color-mix(in srgb, ${accent} 15%, transparent)`,
    fill: "start" as const,
    pointRadius: 0,
    pointHoverRadius: 4,
    pointHoverBackgroundColor: accent,
    pointHoverBorderColor: accent,
    tension: 0.25,
  };
}
