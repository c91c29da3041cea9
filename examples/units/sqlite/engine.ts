import initSqlJs, { type Database as DatabaseType } from "sql.js";
import wasm from "sql.js/dist/sql-wasm-browser.wasm?url";

let engine: ReturnType<typeof initSqlJs> | undefined;

/** A new database, empty or with the content of a SQLite file. The WebAssembly is compiled at the first. */
export async function createDatabase(bytes?: Uint8Array): Promise<DatabaseType> {
  const { Database } = await (engine ??= initSqlJs({ wasmBinary: decode(wasm) }));
  const database = new Database(bytes);
  try {
    // SQLite looks into a file only when it must; a wrong one should fail here and not at the first query.
    database.exec("SELECT count(*) FROM sqlite_schema");
  } catch (error) {
    database.close();
    throw error;
  }
  return database;
}

/** The bytes of a `data:` URL. By hand, because a sandbox without network does not let fetch() read one. */
function decode(url: string): Uint8Array {
  return Uint8Array.from(atob(url.slice(url.indexOf(",") + 1)), (character) => character.charCodeAt(0));
}
