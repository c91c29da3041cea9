import diff from "highlight.js/lib/languages/diff";
import ini from "highlight.js/lib/languages/ini";
import plaintext from "highlight.js/lib/languages/plaintext";
import sql from "highlight.js/lib/languages/sql";

/** Queries, settings and plain text. */
export default {
  diff,
  ini,
  plaintext,
  sql,
};
