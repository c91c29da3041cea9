/**
 * `npm run check:package`: packs the project as it is published, and looks at what a user would get: one line a check, and what to
 * do where one fails. It needs what `npm run build` has built.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pack } from "./lib/pack.js";
import { packageChecks } from "./lib/package-checks.js";

const folder = await mkdtemp(path.join(tmpdir(), "leasehold-package-"));
try {
  const packed = await pack(folder);
  for (const { says, check, advice } of packageChecks) {
    const faults = await check(packed);
    console.log(`${faults.length === 0 ? "ok  " : "FAIL"} ${says}`);
    if (faults.length === 0) continue;
    process.exitCode = 1;
    console.error(`${faults.map((fault) => fault.replace(/^/gm, "       ")).join("\n")}\n     ${advice}`);
  }
} finally {
  await rm(folder, { recursive: true });
}
