/** A column of the sheet: cells that a person fills in, or, with a formula, ones that follow from the others. */
export interface Column {
  /** An identifier, by which formulas and rules call it. */
  name: string;
  /** An expression over the names of other columns, e.g. "price * quantity". */
  formula?: string;
}

/** What follows for each row in which something is so. */
export interface Rule {
  name: string;
  /** An expression over the names of columns, e.g. "total > 100". */
  when: string;
  /** The same: what the rule gives, e.g. "total * 0.1". */
  gives: string;
}

export type Cell = number | string;

/** What a person edits. */
export interface Sheet {
  columns: readonly Column[];
  rules: readonly Rule[];
  rows: readonly Readonly<Record<string, Cell>>[];
}

/** What the rules say of one row. */
export interface Outcome {
  /** Cells that follow from others, by column. */
  computed: Record<string, unknown>;
  /** What the rules gave that applied, by their names. */
  fired: Record<string, unknown>;
}

/** The names of those columns that occur in an expression. */
export function columnsIn(expression: string, columns: readonly Column[]): string[] {
  const words = new Set(expression.match(/[\p{ID_Start}$_][\p{ID_Continue}$]*/gu));
  return columns.map(({ name }) => name).filter((name) => words.has(name));
}

/** The sheet that the example begins with. */
export const orders: Sheet = {
  columns: [
    { name: "item" },
    { name: "price" },
    { name: "quantity" },
    { name: "total", formula: "price * quantity" },
    { name: "weight", formula: "quantity * 0.4" },
  ],
  rules: [
    { name: "discount", when: "total >= 100", gives: "total * 0.1" },
    { name: "parcel", when: "weight > 5", gives: `"by truck"` },
    {
      name: "check",
      when: "quantity > 50 || price > 1000",
      gives: `"ask the " + (price > 1000 ? "director" : "office")`,
    },
  ],
  rows: [
    { item: "chairs", price: 45, quantity: 4 },
    { item: "pencils", price: 1.2, quantity: 60 },
    { item: "printer", price: 1290, quantity: 1 },
    { item: "lamps", price: 18, quantity: 3 },
  ],
};
