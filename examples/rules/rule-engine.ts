import { release, type Host, type Isolation, type Remote, type Unit } from "leasehold";
import { defineRows } from "./define-rows.js";
import { columnsIn, type Cell, type Column, type Outcome, type Rule, type Sheet } from "./sheet.js";

type Row = Readonly<Record<string, unknown>>;
type CompiledRule = Remote<(row: Row) => unknown>;

/** What the generated unit exports. */
interface Rows {
  run(rows: readonly Readonly<Record<string, Cell>>[], rules: readonly (readonly [string, CompiledRule])[]): Outcome[];
}

/** A rule with the function that it was compiled to. */
interface Compiled {
  rule: Rule;
  run: CompiledRule;
}

/**
 * Runs the rules of a sheet that a person edits.
 *
 * 1. Another set of columns, or another formula, is another type: a new unit is generated and loaded, and the old one unloaded.
 * 2. Another rule is another function, which is compiled in the unit that is there; the old one is released.
 * 3. Other cells are only data.
 *
 * So the page is never reloaded, and nothing is left of what was edited away.
 */
export class RuleEngine {
  /** How many types and functions were made so far. */
  readonly made = { types: 0, functions: 0 };
  readonly #host: Host;
  readonly #isolation: Isolation;
  #unit: Unit<Rows> | undefined;
  #columns: readonly Column[] = [];
  #rules: Compiled[] = [];

  constructor(host: Host, isolation: Isolation = "worker") {
    this.#host = host;
    this.#isolation = isolation;
  }

  /**
   * Takes a sheet over and runs its rules. One edit at a time: the next may begin when this has settled.
   * @throws LeaseholdError "DataError" for what does not compile; all then is as it was before
   */
  async update({ columns, rules, rows }: Sheet): Promise<Outcome[]> {
    const isSame = this.#unit !== undefined && JSON.stringify(columns) === JSON.stringify(this.#columns);
    const unit = isSame ? (this.#unit as Unit<Rows>) : await this.#load(columns);
    let leaving: Promise<unknown> | undefined;
    try {
      leaving = this.#adopt(unit, columns, await this.#compile(unit, rules, columns));
    } catch (error) {
      if (!isSame) await unit.unload();
      throw error;
    }
    const compiled = this.#rules.map(({ rule, run }) => [rule.name, run] as const);
    const [outcomes] = await Promise.all([unit.exports.run(rows, compiled), leaving]);
    return outcomes;
  }

  /** Unloads what there is. */
  async dispose(): Promise<void> {
    for (const { run } of this.#rules) release(run);
    this.#rules = [];
    await this.#unit?.unload();
    this.#unit = undefined;
  }

  async #load(columns: readonly Column[]): Promise<Unit<Rows>> {
    using builder = defineRows(this.#host, columns);
    const unit = await this.#host.load<Rows>(builder, { isolation: this.#isolation });
    this.made.types++;
    return unit;
  }

  /** Compiles those rules that are not compiled in the unit yet; none, if one of them does not. */
  async #compile(unit: Unit<Rows>, rules: readonly Rule[], columns: readonly Column[]): Promise<Compiled[]> {
    const known = unit === this.#unit ? this.#rules : [];
    const settled = await Promise.allSettled(
      rules.map(async (rule): Promise<Compiled> => {
        const same = known.find((each) => each.rule.when === rule.when && each.rule.gives === rule.gives);
        if (same) return { rule, run: same.run };
        const names = columnsIn(`${rule.when} ${rule.gives}`, columns);
        const body = `return (${rule.when}) ? (${rule.gives}) : undefined;`;
        const run = await unit.compile<(row: Row) => unknown>([`{ ${names.join(", ")} }`], body);
        this.made.functions++;
        return { rule, run };
      }),
    );
    const compiled = settled.flatMap((each) => (each.status === "fulfilled" ? each.value : []));
    const failure = settled.find((each) => each.status === "rejected");
    if (!failure) return compiled;
    for (const { run } of compiled) if (!known.some((each) => each.run === run)) release(run);
    throw failure.reason;
  }

  /** Lets go of what was there before; resolves when that has gone. */
  #adopt(unit: Unit<Rows>, columns: readonly Column[], rules: Compiled[]): Promise<unknown> | undefined {
    for (const { run } of this.#rules) if (!rules.some((each) => each.run === run)) release(run);
    const leaving = this.#unit === unit ? undefined : this.#unit?.unload();
    this.#unit = unit;
    this.#columns = columns;
    this.#rules = rules;
    return leaving;
  }
}
