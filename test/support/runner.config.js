import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { esbuildPlugin } from "@web/dev-server-esbuild";
import { findChromium } from "../../scripts/lib/find-chromium.js";
import { chromiumLauncher } from "./runner/chromium-launcher.js";
import { collectCommand } from "./runner/collect-command.js";
import { measureCommand } from "./runner/measure-command.js";
import { packageImports } from "./runner/package-imports.js";
import { plainLogger } from "./runner/plain-logger.js";
import { viteCommands } from "./runner/vite-commands.js";
import { watchCommand } from "./runner/watch-command.js";
import { builtFiles } from "./server/built-files.js";
import { collectorRoutes } from "./server/collector-routes.js";
import { supportRoutes } from "./server/support-routes.js";

const root = fileURLToPath(new URL("../../", import.meta.url));
const support = supportRoutes();
const collector = collectorRoutes();
const netLog = path.join(tmpdir(), `leasehold-net-log-${process.pid}.json`);

/** The test runner's configuration: `npx web-test-runner --config test/support/runner.config.js --watch` works too. */
export default {
  rootDir: root,
  files: ["test/{unit,browser,contracts,components,ported,attacks}/**/*.test.ts"],
  port: await freePort(), // the runner's own search for a port fails when two suites start at once
  browsers: [chromiumLauncher(findChromium(), netLog)],
  nodeResolve: { exportConditions: ["browser", "development"] },
  plugins: [
    packageImports(),
    esbuildPlugin({ ts: true, target: "es2022", tsconfig: `${root}tsconfig.json` }),
    collectCommand(),
    measureCommand(),
    watchCommand(netLog),
    viteCommands(),
    support.plugin,
    collector.plugin,
  ],
  middleware: [support.middleware, collector.middleware, builtFiles],
  logger: plainLogger,
  concurrency: 1, // tests measure time, and count what is in the page
  browserStartTimeout: 60_000,
  testsStartTimeout: 30_000,
  testsFinishTimeout: 240_000,
  testFramework: { config: { ui: "bdd", timeout: 20_000 } },
};

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
