import { LeaseholdError } from "../errors.js";

/** Issues that are told, and how much of each: what they are about may come from a unit that nobody trusts. */
const MOST_ISSUES = 5;
const LONGEST_MESSAGE = 200;
const LONGEST_PATH = 12;
const LONGEST_KEY = 40;

/** What a schema found wrong, as data. */
export interface ContractIssue {
  message: string;
  /** From the argument or result to the part that is wrong. */
  path: string[];
}

/** Whose data is checked, by what. */
export interface CheckedSide {
  /** Name and version of the contract. */
  readonly contract: string;
  /** What messages call whoever implements it. */
  readonly side: string;
  /** Where that is a unit: its id. */
  readonly unit?: string | undefined;
}

/**
 * The error of data that does not fit a contract; its cause is the issues as data, or what the schema threw.
 * @param what names the data, e.g. "Argument 1 of render()"
 */
export function schemaFailed({ contract, side, unit }: CheckedSide, what: string, fault: Fault): LeaseholdError {
  const head = `${what} of ${side} does not fit contract ${contract}`;
  if ("thrown" in fault) {
    const message = `${head}: its schema threw ${shorten(describe(fault.thrown), LONGEST_MESSAGE)}. A schema reports issues instead.`;
    return new LeaseholdError("DataError", "schema-failed", message, { unit, cause: fault.thrown });
  }
  const issues = fault.issues.slice(0, MOST_ISSUES).map(read);
  const lines = issues.map(({ path, message }) => `\n- ${path.length > 0 ? `${path.join(".")}: ` : ""}${message}`);
  if (fault.issues.length > MOST_ISSUES) lines.push(`\n- … and ${fault.issues.length - MOST_ISSUES} more`);
  return new LeaseholdError("DataError", "schema-failed", `${head}:${lines.join("")}`, { unit, cause: issues });
}

/** Why data was refused. */
export type Fault = { issues: readonly unknown[] } | { thrown: unknown };

function read(issue: unknown): ContractIssue {
  const { message, path } = issue as { message?: unknown; path?: unknown };
  const steps = Array.isArray(path) ? path.slice(0, LONGEST_PATH) : [];
  return { message: shorten(describe(message), LONGEST_MESSAGE), path: steps.map(nameOf) };
}

/** A step is a key, or has one. */
function nameOf(step: unknown): string {
  const key: unknown = typeof step === "object" && step !== null ? (step as { key?: unknown }).key : step;
  return shorten(describe(key), LONGEST_KEY);
}

function describe(value: unknown): string {
  try {
    return String(value);
  } catch {
    return "something";
  }
}

function shorten(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length)}…` : text;
}
