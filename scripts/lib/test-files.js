import { readdirSync } from "node:fs";

const folders = ["unit", "browser", "contracts", "components", "ported", "attacks"];

/** @returns {string[]} the suite: every file of tests, by its path from the project's root */
export const testFiles = () =>
  folders.flatMap((folder) =>
    readdirSync(`test/${folder}`, { recursive: true })
      .map((name) => `test/${folder}/${String(name).replaceAll("\\", "/")}`)
      .filter((name) => name.endsWith(".test.ts"))
      .sort(),
  );
