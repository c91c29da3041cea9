import type { Cell } from "./index.js";

export type ColumnType = "number" | "boolean" | "date" | "text" | "mixed" | "empty";

/** One column in a line. The last three are there for numbers only. */
export interface ColumnSummary {
  name: string;
  type: ColumnType;
  /** Cells that hold something. */
  count: number;
  missing: number;
  distinct: number;
  min?: number;
  max?: number;
  mean?: number;
}

export function summarizeColumn(name: string, cells: Cell[]): ColumnSummary {
  const present = cells.filter((cell) => cell !== null && cell !== "");
  const summary = {
    name,
    type: typeOf(present),
    count: present.length,
    missing: cells.length - present.length,
    distinct: new Set(present.map(String)).size,
  };
  return summary.type === "number" ? { ...summary, ...rangeOf(present as number[]) } : summary;
}

function typeOf(cells: Cell[]): ColumnType {
  const types = new Set(cells.map(cellType));
  if (types.size > 1) return "mixed";
  const [type = "empty"] = types;
  return type;
}

function cellType(cell: Cell): ColumnType {
  if (cell instanceof Date) return "date";
  return typeof cell === "number" ? "number" : typeof cell === "boolean" ? "boolean" : "text";
}

function rangeOf(values: number[]) {
  // Not Math.min(...values): a long column would overflow the stack.
  let min = Infinity;
  let max = -Infinity;
  let sum = 0;
  for (const value of values) {
    min = Math.min(min, value);
    max = Math.max(max, value);
    sum += value;
  }
  return { min, max, mean: sum / values.length };
}
