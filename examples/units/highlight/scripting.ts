import bash from "highlight.js/lib/languages/bash";
import lua from "highlight.js/lib/languages/lua";
import perl from "highlight.js/lib/languages/perl";
import python from "highlight.js/lib/languages/python";
import pythonRepl from "highlight.js/lib/languages/python-repl";
import r from "highlight.js/lib/languages/r";
import ruby from "highlight.js/lib/languages/ruby";
import shell from "highlight.js/lib/languages/shell";
import yaml from "highlight.js/lib/languages/yaml";

/** Scripts and shells, and the YAML around them. */
export default {
  bash,
  lua,
  perl,
  python,
  "python-repl": pythonRepl,
  r,
  ruby,
  shell,
  yaml,
};
