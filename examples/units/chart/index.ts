/**
 * A chart, with Chart.js: the planet's carbon dioxide and temperature records, or the caller's own numbers. It draws in
 * the unit's view, in the host's colours (see theme.ts); without a view its drawing functions throw.
 */
import type { UnitContext } from "leasehold/unit";
import { type RecordName, records, type Series } from "./series.js";
import { createView, type View } from "./view.js";

export type { Series } from "./series.js";

export interface SeriesSummary {
  name: string;
  title: string;
  unit: string;
  source: string;
  from: string;
  to: string;
  count: number;
}

const names = Object.keys(records) as RecordName[];

let view: View | undefined;
let shown: Series = records.co2;

export function activate(context: UnitContext): void {
  if (context.state) shown = context.state as Series;
  if (!context.root) return;
  view = createView(context.root, names, setSeries);
  context.onUnload(() => {
    view?.destroy();
    view = undefined;
  });
  view.show(shown, nameOf(shown));
}

/** What was shown last, for a successor. */
export function deactivate(): Series {
  return shown;
}

/** The records that come with the unit. Needs no view. */
export function series(): SeriesSummary[] {
  return names.map((name) => {
    const { title, unit, source, labels } = records[name];
    return { name, title, unit, source, from: labels[0] ?? "", to: labels.at(-1) ?? "", count: labels.length };
  });
}

/** Shows one of the unit's records: "co2" or "temperature". */
export function setSeries(name: string): void {
  const known = names.find((candidate) => candidate === name);
  if (!known) throw new RangeError(`There is no series "${name}"; series() lists those there are.`);
  show(records[known]);
}

/** Shows numbers of the caller's own. */
export function draw(config: Series): void {
  if (config.labels.length !== config.values.length) {
    throw new RangeError(`${config.labels.length} labels for ${config.values.length} values: give one for each.`);
  }
  show(config);
}

/** What is shown, as a PNG in a `data:` URL. */
export function image(): string {
  return requireView().image();
}

function show(next: Series): void {
  requireView().show(next, nameOf(next));
  shown = next;
}

function nameOf(candidate: Series): RecordName | undefined {
  return names.find((name) => records[name] === candidate);
}

function requireView(): View {
  if (!view) throw new Error('The chart has no view to draw in: load it with isolation "frame" and mount it.');
  return view;
}
