import { css, html, nothing } from "lit";
import { asJson, stringify } from "./as-json.js";

/** More would only make the page slow. */
const rowsShown = 200;

type Row = Record<string, unknown>;

/** A list of flat objects as a table; anything else as JSON. */
export function asTable(value: unknown) {
  if (!Array.isArray(value) || !value.every((row) => typeof row === "object" && row !== null)) return asJson(value);
  if (value.length === 0) return html`<p class="quiet">No rows.</p>`;
  const rows = value as Row[];
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const numbers = new Map(
    columns.flatMap((column) => (isNumeric(rows, column) ? [[column, formatFor(rows, column)]] : [])),
  );
  const look = (column: string) => (numbers.has(column) ? "numeric" : "");
  const text = (row: Row, column: string) => cell(row[column], numbers.get(column));
  return html`
    <div class="scroll" tabindex="0" role="region" aria-label="Table of results">
      <table>
        <thead>
          <tr>
            ${columns.map((column) => html`<th scope="col" class=${look(column)}>${column}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows.slice(0, rowsShown).map(
            (row) =>
              html`<tr>
                ${columns.map((column) => html`<td class=${look(column)}>${text(row, column)}</td>`)}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
    ${rows.length > rowsShown ? html`<p class="quiet">The first ${rowsShown} of ${rows.length} rows.</p>` : nothing}
  `;
}

function isNumeric(rows: Row[], column: string): boolean {
  return rows.every((row) => typeof row[column] === "number");
}

// In a column that has a large number all are grouped, and in one of years none is.
function formatFor(rows: Row[], column: string): Intl.NumberFormat {
  const useGrouping = rows.some((row) => Math.abs(row[column] as number) >= 10_000);
  return new Intl.NumberFormat("en", { maximumFractionDigits: 4, useGrouping });
}

function cell(value: unknown, number?: Intl.NumberFormat): unknown {
  if (value === null || value === undefined) return html`<span class="none">–</span>`;
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  if (number) return number.format(value as number);
  return typeof value === "object" || typeof value === "function" ? stringify(value, 0) : String(value);
}

export const tableStyles = css`
  .scroll {
    max-height: 26rem;
    overflow: auto;
  }
  .scroll:focus-visible {
    outline-offset: -2px;
  }
  table {
    width: 100%;
    border-collapse: collapse;
    font-size: var(--text-note);
    font-variant-numeric: tabular-nums;
  }
  th,
  td {
    padding: var(--space-2) var(--space-4);
    border-bottom: 1px solid var(--line);
    text-align: start;
    vertical-align: top;
    white-space: pre-wrap;
  }
  tbody tr:last-child td {
    border-bottom: 0;
  }
  th {
    position: sticky;
    top: 0;
    background: var(--sunken);
    font-weight: 600;
    color: var(--ink-soft);
    white-space: nowrap;
  }
  .numeric {
    text-align: end;
  }
  .none {
    color: var(--ink-soft);
  }
`;
