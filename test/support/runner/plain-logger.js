import path from "node:path";
import { inspect } from "node:util";

const text = (parts) => parts.map((part) => (typeof part === "string" ? part : inspect(part))).join(" ");

/** Past `console`, which the runner redirects in order to redraw a progress bar, with escape codes even into a file. */
const out = (...parts) => void process.stdout.write(`${text(parts)}\n`);

/** What the test runner has to say, as plain lines. */
export const plainLogger = {
  log: out,
  warn: out,
  error: out,
  debug() {},
  group() {},
  groupEnd() {},
  logSyntaxError({ filePath, line, column, message }) {
    out(`${path.relative(process.cwd(), filePath)}:${line}:${column}: ${message}`);
  },
};
