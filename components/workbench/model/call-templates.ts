import type { Call } from "./call.js";
import type { Sample } from "./sample.js";

/** What a field takes: a short text, a text or a text file, JSON, or any file's bytes. */
export type Accepted = "line" | "text" | "json" | "file";

/** A call with blanks: which arguments a person fills in, and what they stand in for at the start. */
export interface CallTemplate {
  label: string;
  /** Unknown where the person names it. */
  export?: string;
  parameters: { label: string; accepts: Accepted; initial: unknown }[];
  toCall(values: unknown[]): Call;
}

/** What there is to call of a unit: its samples, and at the end a call of the person's own. */
export function templatesFor(unit: string, samples: readonly Sample[]): CallTemplate[] {
  return [...samples.filter((sample) => sample.unit === unit).map(fromSample), ownCall];
}

/** For whoever knows what a unit exports. */
const ownCall: CallTemplate = {
  label: "Your own call",
  parameters: [
    { label: "Name of the export", accepts: "line", initial: "" },
    { label: "Arguments, as a list", accepts: "json", initial: [] },
  ],
  toCall: ([name, args]) => ({
    export: String(name).trim(),
    args: Array.isArray(args) ? args : [args],
    result: "json",
  }),
};

function fromSample({ label, export: name, args, accepts, result, present }: Sample): CallTemplate {
  // A file takes the place of the first argument, which the sample may leave out.
  const values: unknown[] = accepts === "file" && args.length === 0 ? [undefined] : args;
  return {
    label,
    export: name,
    parameters: values.map((initial, index) => ({
      label: labelOf(index, values.length),
      accepts: (index === 0 && accepts) || acceptedFor(initial),
      initial,
    })),
    toCall: (filled) => ({ export: name, args: filled, result, ...(present && { present }) }),
  };
}

function acceptedFor(value: unknown): Accepted {
  if (typeof value !== "string") return "json";
  return value.includes("\n") ? "text" : "line";
}

function labelOf(index: number, count: number): string {
  if (count === 1) return "Input";
  return ["First input", "Second input", "Third input"][index] ?? `Input ${index + 1}`;
}
