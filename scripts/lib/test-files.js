import { readdirSync } from "node:fs";

const folders = ["unit", "browser", "contracts", "components", "ported", "attacks"];

/** Take minutes together: every way out of a domain, in four places; floods, which hold the page to times; a megabyte over and over. */
const isLong = (/** @type {string} */ file) => /\/attacks\/(?:platform-|floods)|\/cycles\./.test(file);

/**
 * The suite: every file of tests, by its path from the project's root.
 * @param {boolean} withLong whether those, too, that a quick run leaves out
 */
export const testFiles = (withLong) =>
  folders.flatMap((folder) =>
    readdirSync(`test/${folder}`, { recursive: true })
      .map((name) => `test/${folder}/${String(name).replaceAll("\\", "/")}`)
      .filter((name) => name.endsWith(".test.ts") && (withLong || !isLong(name)))
      .sort(),
  );
