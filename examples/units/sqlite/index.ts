/**
 * A SQL database in memory, with sql.js: SQLite compiled to WebAssembly. One database is open at a time; the first query
 * opens an empty one. A later version of this unit that replaces it goes on with the same data.
 */
import type { UnitContext } from "leasehold/unit";
import type { Database, SqlValue } from "sql.js";
import { createDatabase } from "./engine.js";

export type { SqlValue } from "sql.js";
export type Parameters = SqlValue[] | Record<string, SqlValue>;

export interface Result {
  columns: string[];
  rows: SqlValue[][];
}

export interface Table {
  name: string;
  rows: number;
}

let database: Promise<Database> | undefined;

export async function activate(context: UnitContext): Promise<void> {
  if (context.state instanceof Uint8Array) await open(context.state);
}

/** The database as a file, for a successor; undefined when none was opened. */
export async function deactivate(): Promise<Uint8Array | undefined> {
  if (!database) return undefined;
  const bytes = await exportBytes();
  await close();
  return bytes;
}

/** Opens a database file, or an empty database, in place of the one that is open. Rejects when it is no such file. */
export async function open(bytes?: Uint8Array): Promise<Table[]> {
  const next = await createDatabase(bytes);
  await close();
  database = Promise.resolve(next);
  return tables();
}

/** Runs SQL; one result for each statement that gives rows. Parameters, `?` or `:name`, are bound in every statement. */
export async function query(sql: string, parameters?: Parameters): Promise<Result[]> {
  const results = (await current()).exec(sql, parameters);
  return results.map(({ columns, values }) => ({ columns, rows: values }));
}

/** The tables and how many rows they hold. */
export async function tables(): Promise<Table[]> {
  const [list] = await query(
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY 1",
  );
  const names = list?.rows.map(([name]) => String(name)) ?? [];
  const counts = names.map(async (name) => {
    const [count] = await query(`SELECT count(*) FROM "${name.replaceAll('"', '""')}"`);
    return { name, rows: Number(count?.rows[0]?.[0]) };
  });
  return Promise.all(counts);
}

/** The database as a SQLite file. */
export async function exportBytes(): Promise<Uint8Array> {
  return (await current()).export();
}

function current(): Promise<Database> {
  return (database ??= createDatabase());
}

async function close(): Promise<void> {
  (await database)?.close();
  database = undefined;
}
