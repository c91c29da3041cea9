/**
 * Says what came of a run, and ends the process: by itself, because a killed browser leaves handles behind; but only once the text is
 * written, also to a pipe.
 * @param {string} text
 * @param {boolean} isGood whether it ends with 0; else with 1
 */
export function finish(text, isGood) {
  process.stdout.write(`${text}\n`, () => process.exit(isGood ? 0 : 1));
}
