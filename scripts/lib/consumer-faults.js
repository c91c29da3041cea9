import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** What each kind of file in a user's project imports, and which globals it may count on. */
const projects = {
  page: { isOfNode: false, lib: "es2022,dom,dom.iterable" },
  config: { isOfNode: true, lib: "es2022,dom" },
};

/**
 * Compiles files that use all of the package, strictly and with its declarations checked, in a project that has nothing else
 * installed but what the package says that it needs.
 * @param {string} installed the package, in a project's node_modules; its dependencies are put beside it
 * @returns {string[]} what the compiler says
 */
export function consumerFaults(installed) {
  const {
    name,
    exports,
    dependencies = {},
    peerDependencies = {},
  } = JSON.parse(readFileSync(path.join(installed, "package.json"), "utf8"));
  const modules = path.dirname(installed);
  for (const needed of Object.keys({ ...dependencies, ...peerDependencies })) {
    mkdirSync(path.dirname(path.join(modules, needed)), { recursive: true });
    symlinkSync(path.join(root, "node_modules", needed), path.join(modules, needed), "junction");
  }
  const entries = Object.keys(exports).filter((entry) => typeof exports[entry] !== "string");
  return Object.entries(projects).flatMap(([file, { isOfNode, lib }]) => {
    const used = entries.filter((entry) => (entry === "./vite") === isOfNode);
    const lines = used.map((entry, index) => `export * as _${index} from "${name}${entry.slice(1)}";\n`);
    writeFileSync(path.join(modules, `../${file}.ts`), lines.join(""));
    const options = ["--noEmit", "--strict", "--target", "es2022", "--module", "nodenext", "--lib", lib, "--types", ""];
    const compiler = path.join(root, "node_modules/typescript/bin/tsc");
    const { stdout } = spawnSync(process.execPath, [compiler, ...options, `${file}.ts`], {
      cwd: path.join(modules, ".."),
      encoding: "utf8",
    });
    return stdout.split("\n").filter(Boolean);
  });
}
