/** `npm run check:size`: the library that a page loads stays small. Counted as a browser gets it: minified, brotli. */
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";

/**
 * Bytes, by file of dist/. Of the library, the parser that tells where generated code is wrong, at the call that gave it, is more
 * than a quarter; what writes that code a twentieth; the ranges of versions and the lexer that linking rests on are a sixteenth each;
 * remoting is in it twice, as the guest has a copy of its own in the frame document. Of remoting, a twelfth holds what comes in to
 * limits, and paces what leaves.
 */
const budgets = { "leasehold.js": 114_000, "remoting.js": 26_000 };

let failed = false;
for (const [name, budget] of Object.entries(budgets)) {
  const file = fileURLToPath(new URL(`../dist/${name}`, import.meta.url));
  if (!existsSync(file)) {
    console.error(`dist/${name} does not exist. Run \`npm run build\` first.`);
    failed = true;
    continue;
  }
  const size = brotliCompressSync(readFileSync(file)).length;
  console.log(`dist/${name}: ${size} of ${budget} bytes, brotli`);
  if (size <= budget) continue;
  failed = true;
  console.error(
    `dist/${name} is ${size - budget} bytes too large. Look at what the last commits brought in: load what few pages ` +
      "need with import(), or replace a package. Raise the budget in scripts/check-size.js only together with what the " +
      "bytes bought, in the same commit.",
  );
}
process.exit(failed ? 1 : 0);
