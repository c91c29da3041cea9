import { expect } from "chai";
import fc from "fast-check";
import { createHost, type Host, type LeaseholdError } from "leasehold";
import { RuleEngine } from "../../examples/rules/rule-engine.js";
import { columnsIn, orders, type Column, type Outcome, type Rule, type Sheet } from "../../examples/rules/sheet.js";
import { leavesNothing } from "../support/baseline.js";
import { measure, type Measurement } from "../support/measure.js";
import { rejection } from "../support/rejection.js";
import { rounds } from "../support/rounds.js";
import { until } from "../support/until.js";

/** Edits after which the engine's own caches are filled. */
const WARM_UP = 500;
const EDITS = WARM_UP + rounds(4500);
/** One edit in so many is one of a formula, for which a unit is generated; all others are of a rule. */
const FORMULA_EVERY = 20;
/** Bytes of heap, once and an edit: results that are waited for, and code that the engine compiles as it goes. A unit not let go is some 9,000. */
const NEGLIGIBLE = { once: 128 << 10, edit: 150 };

/** What the rules say, worked out in the page and another way. */
function expected({ columns, rules, rows }: Sheet): Outcome[] {
  return rows.map((cells) => {
    const evaluate = (expression: string): unknown => {
      const names = columnsIn(expression, columns);
      return new Function(...names, `return (${expression});`)(...names.map(valueOf)) as unknown;
    };
    const valueOf = (name: string): unknown => {
      const { formula } = columns.find((each) => each.name === name) as Column;
      return formula === undefined ? (cells[name] ?? 0) : evaluate(formula);
    };
    const computed = columns.flatMap(({ name, formula }) => (formula === undefined ? [] : [[name, valueOf(name)]]));
    const fired = rules.flatMap(({ name, when, gives }) => (evaluate(when) ? [[name, evaluate(gives)]] : []));
    return { computed: Object.fromEntries(computed) as object, fired: Object.fromEntries(fired) as object } as Outcome;
  });
}

/** Another formula, or another rule, that was never there before. */
function edited(sheet: Sheet, turn: number, pick: (from: number) => number): Sheet {
  if (turn % FORMULA_EVERY === 0) {
    const column: Column = { name: "total", formula: `price * quantity + ${turn}` };
    return { ...sheet, columns: sheet.columns.map((each) => (each.name === "total" ? column : each)) };
  }
  const index = pick(sheet.rules.length);
  const rule: Rule = {
    name: `rule${index}`,
    when: `total ${[">", "<", ">="][pick(3)]} ${pick(300)}`,
    gives: `total * ${turn} + weight`,
  };
  return { ...sheet, rules: sheet.rules.map((each, at) => (at === index ? rule : each)) };
}

describe("a rule engine that is generated from a sheet", function () {
  this.timeout(150_000);
  let host: Host;
  let engine: RuleEngine;
  leavesNothing();
  beforeEach(() => {
    host = createHost({ pool: { frame: 0, worker: 2 } });
    engine = new RuleEngine(host);
  });
  afterEach(() => host.dispose());

  it("says what the sheet says", async () => {
    const outcomes = await engine.update(orders);
    expect(outcomes).to.deep.equal(expected(orders));
    expect(outcomes[0]).to.deep.equal({ computed: { total: 180, weight: 1.6 }, fired: { discount: 18 } });
    await engine.dispose();
  });

  it("stays as it is where an edit does not compile, and says where that is wrong", async () => {
    await engine.update(orders);
    const [first, ...others] = orders.rules as [Rule, ...Rule[]];
    const wrongs: [Sheet, RegExp][] = [
      [{ ...orders, rules: [{ ...first, when: "total >" }, ...others] }, /line 1, column/],
      [{ ...orders, columns: [...orders.columns, { name: "tax", formula: "total *" }] }, /tax.*line \d+, column/s],
      [{ ...orders, columns: [...orders.columns, { name: "my tax", formula: "1" }] }, /my tax/],
      [{ ...orders, columns: [...orders.columns, { name: "total", formula: "1" }] }, /total/],
    ];
    for (const [sheet, message] of wrongs) {
      const error = (await rejection(engine.update(sheet))) as LeaseholdError;
      expect(error).to.include({ name: "DataError" });
      expect(error.message).to.match(message);
      expect(host.stats()).to.include({ units: 1 });
    }
    expect(await engine.update(orders)).to.deep.equal(expected(orders));
    expect(engine.made).to.deep.equal({ types: 1, functions: 3 });
    await engine.dispose();
  });

  it(`is edited ${EDITS} times, and is as large as before`, async () => {
    const seed = Date.now() % 2 ** 31;
    const [random] = fc.sample(fc.infiniteStream(fc.nat()), { numRuns: 1, seed });
    const pick = (from: number): number => (random?.next().value as number) % from;
    let sheet = orders;
    let turn = 0;
    const editTo = async (end: number): Promise<void> => {
      while (turn < end) {
        sheet = edited(sheet, ++turn, pick);
        const outcomes = await engine.update(sheet);
        expect(outcomes, `seed ${seed}, edit ${turn}`).to.deep.equal(expected(sheet));
      }
    };
    const settled = async (): Promise<Measurement | undefined> => {
      await until("the pool is full", () => host.stats().warm === 2);
      return measure();
    };
    await editTo(WARM_UP);
    const early = await settled();
    await editTo(EDITS);
    const late = await settled();

    expect(engine.made.types + engine.made.functions).to.be.at.least(EDITS);
    if (early && late) {
      const report = `seed ${seed}: ${JSON.stringify({ early, late })}`;
      const growth = (process: "page" | "frames"): number =>
        (late[process]?.JSHeapUsedSize ?? 0) - (early[process]?.JSHeapUsedSize ?? 0);
      expect(late.page.Documents, report).to.be.at.most(early.page.Documents);
      expect(growth("page"), report).to.be.below(NEGLIGIBLE.once + NEGLIGIBLE.edit * EDITS);
      expect(growth("frames"), report).to.be.below(NEGLIGIBLE.once + NEGLIGIBLE.edit * EDITS);
    }
    expect(host.stats()).to.include({ units: 1, frames: 1, workers: 1, urls: 0 });
    await engine.dispose();
  });
});
