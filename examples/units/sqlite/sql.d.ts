/** The part of sql.js that the unit uses; the package has no types of its own. */
declare module "sql.js" {
  export type SqlValue = number | string | Uint8Array | null;
  export class Database {
    constructor(bytes?: Uint8Array);
    exec(sql: string, params?: SqlValue[] | Record<string, SqlValue>): { columns: string[]; values: SqlValue[][] }[];
    getRowsModified(): number;
    export(): Uint8Array;
    close(): void;
  }
  export default function initSqlJs(options: { wasmBinary: Uint8Array }): Promise<{ Database: typeof Database }>;
}

/** A file as a `data:` URL in base64, put there by the bundler. */
declare module "*.wasm?url" {
  const url: string;
  export default url;
}
