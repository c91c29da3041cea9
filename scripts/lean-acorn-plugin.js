import { readFile } from "node:fs/promises";

/** What both calls of the parser ask for, and what nobody asks for. See `parse` in src/unit/builder/. */
const fixedOptions = {
  allowAwaitOutsideFunction: "null",
  allowImportExportEverywhere: "false",
  allowReserved: "false",
  allowReturnOutsideFunction: "false",
  allowSuperOutsideMethod: "null",
  checkPrivateFields: "true",
  directSourceFile: "null",
  ecmaVersion: "1e8",
  locations: "false",
  onComment: "null",
  onInsertedSemicolon: "null",
  onToken: "null",
  onTrailingComma: "null",
  preserveParens: "false",
  program: "null",
  ranges: "false",
  sourceType: '"module"',
};

/** Those that are left. */
const options = `
function getOptions(options) {
  return Object.assign({ allowHashBang: true }, options)
}

`;

/** Which characters are of a name: the engine has tables of its own. */
const identifiers = `
var nonASCIIidentifierStart = /\\p{ID_Start}/u;
var nonASCIIidentifier = /[\\p{ID_Continue}\\u200c\\u200d]/u;
`;

/** Stands for acorn's reader of regular expressions. The engine that will run one has the last word on it in any case. */
const regularExpressions = `
var RegExpValidationState = function () {};
RegExpValidationState.prototype.reset = function (start, pattern, flags) {
  this.start = start;
  this.pattern = pattern;
  this.flags = flags;
};
Parser.prototype.validateRegExpFlags = function () {};
Parser.prototype.validateRegExpPattern = function (state) {
  try {
    new RegExp(state.pattern, state.flags);
  } catch (error) {
    this.raise(state.start, error.message);
  }
};

`;

/**
 * Vite plugin: leaves out of acorn what an engine has anyhow, tables of Unicode and a reader of regular expressions, and what
 * answers to options that are never used. That is two fifths of it. The rest stays as it is, to the letter, and so do the
 * places of errors; what is wrong with a regular expression is told in the engine's words.
 */
export function leanAcornPlugin() {
  return {
    name: "leasehold-lean-acorn",
    // Not a transformation, so that the source map shows what was bundled.
    load: {
      filter: { id: /\/acorn\/dist\/acorn\.mjs$/ },
      handler: async (id) => leanAcorn(await readFile(id, "utf8")),
    },
  };
}

/**
 * @param {string} code of acorn.mjs
 * @throws where that is another than this was written for
 */
function leanAcorn(code) {
  const parts = [
    ["var astralIdentifierCodes =", "// These are a run-length", ""],
    ["var nonASCIIidentifierStart =", "// Test whether a given character code starts", identifiers],
    ["var scriptValuesAddedInUnicode =", "// Object type used to represent tokens.", regularExpressions],
    ["// Interpret and default an options object", "// Each scope gets a bitset", options],
    ["Parser.acorn = {", "// The main exported interface", ""],
  ];
  const shortened = parts.reduce((text, [from, to, instead]) => replaceStretch(text, from, to, instead), code);
  const inSets = replaceAllOf(
    shortened,
    /if \(code <= 0xffff\) \{ return code >= 0xaa && (\w+)\.test\(String\.fromCharCode\(code\)\) \}\n {2}if \(astral === false\) \{ return false \}\n {2}return .*/g,
    // No number where the text ends.
    "if (!(code >= 0xaa) || (astral === false && code > 0xffff)) { return false }\n  return $1.test(String.fromCodePoint(code))",
    2,
  );
  const names = Object.keys(fixedOptions).join("|");
  return replaceAllOf(
    inSets,
    new RegExp(`\\b(?:(?:this|parser|p)\\.)?options\\.(${names})\\b`, "g"),
    (_, name) => fixedOptions[name],
    100,
  );
}

/** Replaces what stands from one text to the next. */
function replaceStretch(code, from, to, replacement) {
  const start = code.indexOf(from);
  const end = code.indexOf(to, start);
  if (start < 0 || end < 0 || code.indexOf(from, start + 1) >= 0) throw changed(start < 0 ? from : to);
  return code.slice(0, start) + replacement + code.slice(end);
}

function replaceAllOf(code, pattern, replacement, least) {
  if ((code.match(pattern)?.length ?? 0) < least) throw changed(String(pattern));
  return code.replace(pattern, replacement);
}

function changed(text) {
  return new Error(
    `acorn is another than the one that scripts/lean-acorn-plugin.js was written for: it has not exactly one \`${text}\`. ` +
      `Read its changes, and mend the plugin, or leave the plugin out.`,
  );
}
