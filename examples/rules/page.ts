import { createHost } from "leasehold";
import { html, nothing, render, type TemplateResult } from "lit";
import { RuleEngine } from "./rule-engine.js";
import { orders, type Cell, type Column, type Outcome, type Rule, type Sheet } from "./sheet.js";

const host = createHost();
const engine = new RuleEngine(host);
const root = document.getElementById("sheet") as HTMLElement;

let sheet: Sheet = orders;
let outcomes: readonly Outcome[] = [];
let failure: unknown;
let took = 0;
/** Edits wait for each other. */
let updating: Promise<void> = Promise.resolve();

function edit(changed: Sheet): void {
  sheet = changed;
  updating = updating.then(async () => {
    const start = performance.now();
    try {
      outcomes = await engine.update(changed);
      failure = undefined;
    } catch (error) {
      failure = error;
    }
    took = performance.now() - start;
    render(page(), root);
  });
}

const replaced = <T>(items: readonly T[], index: number, changes: Partial<T>): T[] =>
  items.map((each, at) => (at === index ? { ...each, ...changes } : each));
const editColumn = (index: number, changes: Partial<Column>): void =>
  edit({ ...sheet, columns: replaced(sheet.columns, index, changes) });
const editRule = (index: number, changes: Partial<Rule>): void =>
  edit({ ...sheet, rules: replaced(sheet.rules, index, changes) });
const editCell = (index: number, name: string, text: string): void =>
  edit({ ...sheet, rows: replaced(sheet.rows, index, { [name]: cellOf(text) }) });

/** What a person writes is a number where it is one. */
function cellOf(text: string): Cell {
  return text.trim() === "" || Number.isNaN(Number(text)) ? text : Number(text);
}

function field(label: string, value: unknown, change: (text: string) => void, kind = ""): TemplateResult {
  const onChange = ({ target }: Event): void => change((target as HTMLInputElement).value);
  return html`<input class=${kind} aria-label=${label} .value=${String(value ?? "")} @change=${onChange} />`;
}

function shown(value: unknown): string {
  return typeof value === "number" ? String(Math.round(value * 100) / 100) : String(value);
}

const head = ({ name, formula }: Column, index: number): TemplateResult => html`
  <th scope="col">
    ${field(`Name of column ${index + 1}`, name, (text) => editColumn(index, { name: text }))}
    ${
      formula === undefined
        ? html`<span class="label">filled in</span>`
        : field(`Formula of ${name}`, formula, (text) => editColumn(index, { formula: text }), "formula")
    }
  </th>
`;

const row = (cells: Readonly<Record<string, Cell>>, index: number): TemplateResult => html`
  <tr>
    ${sheet.columns.map(
      ({ name, formula }) =>
        html`<td>
          ${
            formula === undefined
              ? field(`${name} of row ${index + 1}`, cells[name], (text) => editCell(index, name, text))
              : html`<output>${shown(outcomes[index]?.computed[name] ?? "")}</output>`
          }
        </td>`,
    )}
    <td>
      <output>
        ${Object.entries(outcomes[index]?.fired ?? {}).map(([name, value]) => html`<strong>${name}</strong>${shown(value)} `)}
      </output>
    </td>
  </tr>
`;

const ruleRow = ({ name, when, gives }: Rule, index: number): TemplateResult => html`
  <tr>
    <td>${field(`Name of rule ${index + 1}`, name, (text) => editRule(index, { name: text }))}</td>
    <td>${field(`When ${name} applies`, when, (text) => editRule(index, { when: text }), "formula")}</td>
    <td>${field(`What ${name} gives`, gives, (text) => editRule(index, { gives: text }), "formula")}</td>
  </tr>
`;

const page = (): TemplateResult => html`
  <h2>Sheet</h2>
  <div class="scroll">
    <table>
      <thead>
        <tr>
          ${sheet.columns.map(head)}
          <th scope="col"><span class="label">What the rules give</span></th>
        </tr>
      </thead>
      <tbody>
        ${sheet.rows.map(row)}
      </tbody>
    </table>
  </div>
  <button @click=${() => edit({ ...sheet, rows: [...sheet.rows, {}] })}>Add a row</button>
  <button @click=${() => edit({ ...sheet, columns: [...sheet.columns, { name: nameFor("column"), formula: "0" }] })}>
    Add a column with a formula
  </button>
  <h2>Rules</h2>
  <div class="scroll">
    <table>
      <thead>
        <tr>
          ${["Rule", "applies when", "and gives"].map((text) => html`<th scope="col"><span class="label">${text}</span></th>`)}
        </tr>
      </thead>
      <tbody>
        ${sheet.rules.map(ruleRow)}
      </tbody>
    </table>
  </div>
  <button
    @click=${() => edit({ ...sheet, rules: [...sheet.rules, { name: nameFor("rule"), when: "false", gives: "0" }] })}
  >
    Add a rule
  </button>
  ${failure === undefined ? nothing : html`<p class="wrong" role="alert">${failure instanceof Error ? failure.message : failure}</p>`}
  <p class="hint" role="status">
    So far ${engine.made.types} type${engine.made.types === 1 ? "" : "s"} and ${engine.made.functions} functions were
    made; ${host.stats().units} unit is loaded, by ${host.stats().leases} leases. The last edit took ${took.toFixed(1)}
    ms.
  </p>
`;

function nameFor(kind: "column" | "rule"): string {
  return `${kind}${(kind === "column" ? sheet.columns : sheet.rules).length + 1}`;
}

edit(sheet);
