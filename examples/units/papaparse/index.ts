/** CSV both ways, with Papa Parse, and a look at what the columns hold. */
import Papa from "papaparse";
import { type ColumnSummary, summarizeColumn } from "./summary.js";

/** What a cell may hold: numbers, booleans and ISO dates are recognised, an empty cell is null. */
export type Cell = string | number | boolean | Date | null;
export type Row = Record<string, Cell>;

export interface ParseOptions {
  /** Default: found out from the text. */
  delimiter?: string;
  /** Whether the first line names the columns; else they are called "column 1" and so on. Default true. */
  header?: boolean;
  /** Whether cells are read as numbers, booleans and dates; else all are text. Default true. */
  typed?: boolean;
  /** Lines that start with this are left out. */
  comments?: string;
}

export interface Parsed {
  rows: Row[];
  fields: string[];
  /** Lines that do not fit; their rows are there nevertheless, cells too many under `__parsed_extra`. `row` counts from 0. */
  errors: { message: string; row?: number }[];
  meta: { delimiter: string; linebreak: string };
}

export interface Summary {
  rows: number;
  columns: ColumnSummary[];
}

/** The rows of a CSV text as objects. */
export function parse(csv: string, options: ParseOptions = {}): Parsed {
  const { header = true, typed = true, delimiter = "", comments } = options;
  const { data, errors, meta } = Papa.parse(csv, {
    header,
    delimiter,
    dynamicTyping: typed,
    skipEmptyLines: "greedy",
    comments: comments ?? false,
  });
  const rows = header ? (data as Row[]) : (data as Cell[][]).map(nameCells);
  return {
    rows,
    fields: meta.fields ?? Object.keys(rows[0] ?? {}),
    // A text with one column has no delimiter to find, which is no fault of the text.
    errors: errors.filter(({ code }) => code !== "UndetectableDelimiter").map(({ message, row }) => ({ message, row })),
    meta: { delimiter: meta.delimiter, linebreak: meta.linebreak },
  };
}

/** What each column holds: its type, how many cells are empty or distinct, and the range and mean of numbers. */
export function summarize(csv: string, options: ParseOptions = {}): Summary {
  const { rows, fields } = parse(csv, options);
  return {
    rows: rows.length,
    columns: fields.map((name) =>
      summarizeColumn(
        name,
        rows.map((row) => row[name] ?? null),
      ),
    ),
  };
}

/** Rows as a CSV text with a header line; the first row's keys are the columns. */
export function unparse(rows: Row[], options: { delimiter?: string } = {}): string {
  return Papa.unparse(rows, { delimiter: options.delimiter ?? ",", newline: "\n" });
}

function nameCells(cells: Cell[]): Row {
  return Object.fromEntries(cells.map((cell, index) => [`column ${index + 1}`, cell]));
}
