import { fileURLToPath } from "node:url";
import { esbuildPlugin } from "@web/dev-server-esbuild";
import { collectCommand } from "./runner/collect-command.js";
import { embeddingPages } from "./runner/embedding-pages.js";
import { engineModule } from "./runner/engine-module.js";
import { freePort } from "./runner/free-port.js";
import { factCommand } from "./runner/fact-command.js";
import { lineReporter } from "./runner/line-reporter.js";
import { measureCommand } from "./runner/measure-command.js";
import { packageImports } from "./runner/package-imports.js";
import { plainLogger } from "./runner/plain-logger.js";
import { runningTest } from "./runner/running-test.js";
import { sendableResults } from "./runner/sendable-results.js";
import { viteCommands } from "./runner/vite-commands.js";
import { watchCommand } from "./runner/watch-command.js";
import { builtFiles } from "./server/built-files.js";
import { collectorRoutes } from "./server/collector-routes.js";
import { supportRoutes } from "./server/support-routes.js";

const root = fileURLToPath(new URL("../../", import.meta.url));

/**
 * The test runner's configuration for one engine.
 * @param {import("../../scripts/lib/engines.js").Engine} engine
 * @param {unknown} found what the engine's `find` found
 * @param {Omit<Parameters<typeof lineReporter>[0], "running"> & { depth: import("../../scripts/lib/test-files.js").Depth, onFact?: Parameters<typeof factCommand>[0] }}
 *   report how much to do, and where results go
 */
export async function runnerConfig(engine, found, { depth, ...report }) {
  const support = supportRoutes();
  const collector = collectorRoutes();
  const embedding = embeddingPages();
  const running = runningTest();
  return {
    rootDir: root,
    port: await freePort(), // the runner's own search for a port fails when two suites start at once
    browsers: [Object.assign(await engine.launcher(found), { name: engine.title })],
    nodeResolve: { exportConditions: ["browser", "development"] },
    plugins: [
      packageImports(),
      engineModule(engine, depth),
      esbuildPlugin({ ts: true, target: "es2022", tsconfig: `${root}tsconfig.json` }),
      collectCommand(),
      measureCommand(),
      factCommand(report.onFact ?? (() => {})),
      viteCommands(),
      watchCommand(),
      support.plugin,
      collector.plugin,
      embedding.plugin,
      running.plugin,
      sendableResults(),
    ],
    middleware: [support.middleware, collector.middleware, embedding.middleware, running.middleware, builtFiles],
    reporters: [lineReporter({ ...report, running: running.title })],
    staticLogging: true,
    logger: plainLogger,
    concurrency: 1, // tests measure time, and count what is in the page
    browserStartTimeout: 60_000,
    testsStartTimeout: 30_000,
    testsFinishTimeout: 240_000,
    testFramework: { config: { ui: "bdd", timeout: 20_000 } },
  };
}
