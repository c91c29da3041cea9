/** A call that shows what a unit is good for. */
export interface Sample {
  /** Name of the unit. */
  unit: string;
  label: string;
  export: string;
  args: unknown[];
  /** What a person may put in place of the first argument: a text, or a file's bytes as a Uint8Array. */
  accepts?: "text" | "file";
  result: ResultKind;
  /** Picks what is shown out of the answer, where that is not all of it. */
  present?(answer: unknown): unknown;
}

/** How an answer is shown: "table" is a list of flat objects, "view" is in the unit's own view. */
export type ResultKind = "html" | "text" | "json" | "table" | "svg" | "view";
