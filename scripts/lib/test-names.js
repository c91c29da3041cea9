import { readFileSync } from "node:fs";

const CALL = /\b(describe|inEveryIsolation|it)\(\s*("(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`)/g;

/**
 * The full names of the tests in a file, as far as its text tells: a star stands for what is only known when it runs.
 * @param {string} file
 * @returns {string[]}
 */
export function testNamesIn(file) {
  const names = [];
  let titles = [];
  const text = readFileSync(file, "utf8");
  for (const { 1: call, 2: literal, index } of text.matchAll(CALL)) {
    const title = textOf(literal);
    if (call === "describe") titles = [title];
    else if (call === "inEveryIsolation") {
      titles = placesOf(text, index).map((place) => `${title}, in a ${place}`);
    } else names.push(...titles.map((outer) => `${outer} › ${title}`));
  }
  return names;
}

function textOf(literal) {
  if (literal.startsWith('"')) return JSON.parse(literal);
  return literal
    .slice(1, -1)
    .replace(/\$\{[^}]*\}/g, "*")
    .replace(/\\(.)/g, "$1");
}

/** Where a contract is held: what its last argument says, which stands on the line that closes it, or everywhere. */
function placesOf(text, from) {
  const end = text.slice(from).search(/^\}?,?\s*\);|^\}\);/m);
  const [, places] = /\[((?:"(?:frame|worker|realm)",? ?)+)\][^[\]]*$/.exec(text.slice(from, from + end)) ?? [];
  return places ? JSON.parse(`[${places.replace(/, ?$/, "")}]`) : ["frame", "worker", "realm"];
}
