/**
 * A graph of units that require each other, with shared versions: every unit requires up to four of those before it, by ranges that
 * let some of them choose between two versions.
 *
 * @typedef {{ manifest: { name: string, version: string, requires: Record<string, string> }, modules: Record<string, string> }} Unit
 */

/** Units that another one requires, at most. */
const MOST_REQUIRED = 4;

/** Every so many units there are two versions. */
const TWO_VERSIONS = 5;

/** Lines of code in each that are never run, to be of a usual size. */
const LINES = 20;

/**
 * @param {number} size how many units are linked
 * @returns {{ root: Unit, resolve(name: string, range: string): Unit | undefined, linked: Unit[], total: number }} the unit to be
 *   loaded, what finds the others, all that are to be linked, in order, and what the root's `total()` returns
 */
export function createGraph(size) {
  const names = Array.from({ length: size }, (_, index) => `unit-${index}`);
  const requiredBy = (index) =>
    [...new Set([index - 1, index >> 1, index >> 2, index - 7])]
      .filter((each) => each >= 0 && each < index)
      .slice(0, MOST_REQUIRED);
  const hasTwo = (index) => index % TWO_VERSIONS === 0;
  // The next unit needs the newer version, which is therefore what all of them get that would do with the older.
  const rangeFor = (index, required) => (hasTwo(required) && required === index - 1 ? "^1.1.0" : "^1.0.0");

  const unit = (index, version) => {
    const required = requiredBy(index);
    const requires = Object.fromEntries(required.map((each) => [names[each], rangeFor(index, each)]));
    return { manifest: { name: names[index], version, requires }, modules: modulesOf(index, required, names) };
  };
  const versions = new Map(
    names.map((name, index) => [
      name,
      (hasTwo(index) ? ["1.0.0", "1.1.0"] : ["1.0.0"]).map((each) => unit(index, each)),
    ]),
  );
  const newest = (name) => versions.get(name)?.at(-1);
  const last = size - 1;
  return {
    root: newest(names[last]),
    resolve: (name, range) => (range === "^1.0.0" ? versions.get(name)?.[0] : newest(name)),
    linked: names.map(newest),
    total: totalOf(last, requiredBy, new Map()),
  };
}

function modulesOf(index, required, names) {
  const imports = required
    .map((each) => `import { total as total${each}, Node as Node${each} } from "${names[each]}";\n`)
    .join("");
  const parent = required[0] === undefined ? "" : ` extends Node${required[0]}`;
  return {
    "index.js":
      `${imports}import { own } from "./own.js";\n` +
      `export class Node${parent} { get id() { return ${index}; } }\n` +
      `let memo;\nexport const total = () => (memo ??= (${["own()", ...required.map((each) => `total${each}()`)].join(" + ")}) % 1000003);\n`,
    "own.js": `export const own = () => ${index + 1};\n${Array.from({ length: LINES }, (_, line) => `export function helper${line}(value) { return value * ${line} + own(); }\n`).join("")}`,
  };
}

function totalOf(index, requiredBy, known) {
  if (!known.has(index)) {
    const sum = requiredBy(index).reduce((total, each) => total + totalOf(each, requiredBy, known), index + 1);
    known.set(index, sum % 1000003);
  }
  return known.get(index);
}
