import { readdirSync } from "node:fs";

/**
 * How much of the suite is done.
 *
 * - `quick`, which a person waits for: not what takes minutes; and what holds in every isolation is held in realms, and in frames and
 *   workers by turns.
 * - `whole`: every test, but a tenth of what is done over and over.
 * - `thorough`: everything.
 * @typedef {"quick" | "whole" | "thorough"} Depth
 */

const folders = ["unit", "browser", "contracts", "components", "ported", "attacks"];

/**
 * Take minutes together: every way out of a domain, in four places; floods, which hold the page to times; what goes over and over for
 * its memory's sake; large units; units at random.
 */
const isLong = (/** @type {string} */ file) =>
  /\/attacks\/(?:platform-|floods)|\/(?:cycles|rule-engine|linking-large|units-at-random)\./.test(file);

/** The files of tests, by their path from the project's root. */
export const testFiles = (/** @type {Depth} */ depth) =>
  folders.flatMap((folder) =>
    readdirSync(`test/${folder}`, { recursive: true })
      .map((name) => `test/${folder}/${String(name).replaceAll("\\", "/")}`)
      .filter((name) => name.endsWith(".test.ts") && (depth !== "quick" || !isLong(name)))
      .sort(),
  );
