import { run } from "./run.js";

/** Builds, and checks types, unless the command line says `--no-build`. Rejects where either finds a fault. */
export async function buildChecked() {
  if (process.argv.includes("--no-build")) return;
  await run(process.execPath, ["scripts/build.js"]);
  await run(process.execPath, ["node_modules/typescript/bin/tsc", "-p", "tsconfig.json"]);
}
