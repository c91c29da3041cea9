/** The part of papaparse that the unit uses; the package has no types of its own. */
declare module "papaparse" {
  interface ParseConfig {
    header?: boolean;
    delimiter?: string;
    dynamicTyping?: boolean;
    skipEmptyLines?: boolean | "greedy";
    comments?: string | false;
  }
  interface ParseError {
    type: string;
    code: string;
    message: string;
    row?: number;
  }
  interface ParseResult {
    data: unknown[];
    errors: ParseError[];
    meta: { delimiter: string; linebreak: string; fields?: string[] };
  }
  const Papa: {
    parse(csv: string, config?: ParseConfig): ParseResult;
    unparse(rows: object[], config?: { delimiter?: string; newline?: string; columns?: string[] }): string;
  };
  export default Papa;
}
