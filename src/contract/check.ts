import { schemaFailed, type CheckedSide, type Fault } from "./schema-failed.js";
import type { ContractMember, Schema } from "./types.js";

type Verdict = { value: unknown } | Fault;

/**
 * Checks the arguments of a call; at once, as long as every schema answers at once.
 * @param label what a person calls the call
 * @returns what the schemas made of them
 * @throws LeaseholdError "DataError" (`schema-failed`), or rejects with it
 */
export function checkArguments(
  side: CheckedSide,
  { arguments: schemas }: ContractMember,
  label: string,
  args: readonly unknown[],
): readonly unknown[] | Promise<readonly unknown[]> {
  if (!schemas) return args;
  if (args.length > schemas.length) {
    const message = `there are ${args.length} arguments, and the contract has ${schemas.length}`;
    throw schemaFailed(side, `The call ${label}`, { issues: [{ message }] });
  }
  const verdicts = schemas.map((schema, index) => judge(schema, args[index]));
  const read = (settled: Verdict[]): unknown[] => {
    const values = settled.map((verdict, index) => accept(side, `Argument ${index + 1} of ${label}`, verdict));
    // What was left out stays left out, so that defaults over there apply.
    while (values.length > args.length && values.at(-1) === undefined) values.pop();
    return values;
  };
  return areThere(verdicts) ? read(verdicts) : Promise.all(verdicts).then(read);
}

/**
 * Checks what a member returned, or what it is; at once, if its schema answers at once.
 * @returns what the schema made of it; a promise is of that
 * @throws LeaseholdError "DataError" (`schema-failed`), or rejects with it
 */
export function checkResult(side: CheckedSide, { result }: ContractMember, label: string, value: unknown): unknown {
  if (!result) return value;
  const verdict = judge(result, value);
  const what = `The result of ${label}`;
  return verdict instanceof Promise ? verdict.then((late) => accept(side, what, late)) : accept(side, what, verdict);
}

function judge(schema: Schema, value: unknown): Verdict | Promise<Verdict> {
  try {
    const result = schema["~standard"].validate(value);
    if (!isThenable(result)) return verdictOf(result as Settled);
    return Promise.resolve(result)
      .then(verdictOf)
      .catch((thrown: unknown) => ({ thrown }));
  } catch (thrown) {
    return { thrown };
  }
}

type Settled = Awaited<ReturnType<Schema["~standard"]["validate"]>>;

function verdictOf(result: Settled): Verdict {
  return result.issues ? { issues: [...result.issues] } : { value: result.value };
}

function accept(side: CheckedSide, what: string, verdict: Verdict): unknown {
  if ("value" in verdict) return verdict.value;
  throw schemaFailed(side, what, verdict);
}

function areThere(verdicts: (Verdict | Promise<Verdict>)[]): verdicts is Verdict[] {
  return !verdicts.some((verdict) => verdict instanceof Promise);
}

/** Whether a value is to be awaited, of whatever make. */
export function isThenable(value: unknown): value is PromiseLike<unknown> {
  const canBe = typeof value === "function" || (typeof value === "object" && value !== null);
  return canBe && typeof (value as { then?: unknown }).then === "function";
}
