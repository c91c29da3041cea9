import { readdirSync, readFileSync } from "node:fs";

const folder = new URL("../../test/ported/cases/", import.meta.url);

/** What a name in the list stands for that is held wherever a unit runs. */
const EVERY = ", in every isolation › ";
const isolations = ["frame", "worker", "realm"];

/**
 * The cases of test/ported/cases, one file a source. A case has `tests`, by their full names, or a `reason` why there is none.
 * `, in every isolation` stands for three names, a star for any text.
 * @returns {{ source: string, from: string, original: string, asserts: string, tests: string[], reason?: string }[]}
 */
export function readCases() {
  return readdirSync(folder)
    .sort()
    .flatMap((name) => {
      const { source, from, cases } = JSON.parse(readFileSync(new URL(name, folder), "utf8"));
      return cases.map(({ tests = [], ...rest }) => ({ source, from, ...rest, tests }));
    });
}

/** Full names, with stars, that an entry of a case stands for. */
export function namesOf(entry) {
  return entry.includes(EVERY) ? isolations.map((place) => entry.replace(EVERY, `, in a ${place} › `)) : [entry];
}

/** Matches what a name with stars stands for. */
export function patternOf(name) {
  return new RegExp(`^${name.split("*").map(escape).join(".*")}$`, "s");
}

const escape = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/**
 * What is wrong with the list, given the names that there are.
 * @param {ReturnType<typeof readCases>} cases
 * @param {string[]} names full names; one may have stars, where it is only known in part
 * @returns {string[]}
 */
export function faultsOf(cases, names) {
  const faults = [];
  const isThere = (name) => {
    const pattern = patternOf(name);
    return names.some((other) => pattern.test(other) || (other.includes("*") && patternOf(other).test(name)));
  };
  for (const { source, original, tests, reason } of cases) {
    if (tests.length === 0 && !reason)
      faults.push(`${source} ${original}: neither a test nor a reason why there is none`);
    for (const name of tests.flatMap(namesOf)) {
      if (!isThere(name)) faults.push(`${source} ${original}: there is no test "${name}"`);
    }
  }
  const listed = cases.flatMap(({ tests }) => tests.flatMap(namesOf));
  const patterns = listed.map(patternOf);
  for (const name of names) {
    const isListed =
      patterns.some((pattern) => pattern.test(name)) ||
      (name.includes("*") && listed.some((other) => patternOf(name).test(other)));
    if (!isListed) faults.push(`"${name}" is in no case`);
  }
  return faults;
}
