import type { Host, UnitBuilder } from "leasehold";
import { columnsIn, type Column } from "./sheet.js";

/**
 * Generates a unit with a type for the rows of a sheet, and a function that runs rules over all of them, inside: however many
 * rows there are, they cross once.
 * @returns its builder, which is the caller's to release
 * @throws LeaseholdError "DataError" for a name that is no identifier, or a formula that is no expression
 */
export function defineRows(host: Host, columns: readonly Column[]): UnitBuilder {
  const builder = host.define("sheet");
  using module = builder.module();
  using row = module.type("Row");
  for (const { name, formula } of columns) {
    if (formula === undefined) row.field(name, 0);
    else
      row.method(
        `get ${name}`,
        [],
        `const { ${columnsIn(formula, columns).join(", ")} } = this;\nreturn (${formula});`,
      );
  }
  const computed = columns.filter(({ formula }) => formula !== undefined).map(({ name }) => name);
  module.constant("computed", computed);
  module.function("run", ["rows", "rules"], (code) => {
    code.local("outcomes", "[]");
    code.block("for (const cells of rows)", (each) => {
      each.local("row", "Object.assign(new Row(), cells)");
      each.local("fired", "{}");
      each.block("for (const [name, rule] of rules)", (one) => {
        one.local("result", "rule(row)");
        one.line("if (result !== undefined) fired[name] = result;");
      });
      each.line("outcomes.push({ computed: Object.fromEntries(computed.map((name) => [name, row[name]])), fired });");
    });
    code.line("return outcomes;");
  });
  return builder;
}
