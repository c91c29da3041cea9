import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { freePort } from "./free-port.js";

/** Between two looks whether the server listens yet, and how long to look, in milliseconds. */
const pause = 50;
const patience = 15_000;

/**
 * A WebKitWebDriver with a display of its own (Xvfb, where there is none), and folders that go with it.
 * @param {string} driver its executable
 */
export function webKitServer(driver) {
  const children = new Set();
  let home;
  let address;

  // A group of its own, so that to kill it takes the browser and the browser's processes.
  const run = (command, args, options) => {
    const child = spawn(command, args, { ...options, detached: true });
    children.add(child);
    child.once("error", () => children.delete(child));
    return child;
  };

  async function start() {
    home = mkdtempSync(path.join(tmpdir(), "leasehold-webkit-"));
    const env = {
      ...process.env,
      NO_AT_BRIDGE: "1", // no accessibility bus
      GIO_USE_VFS: "local", // no virtual file system
      XDG_RUNTIME_DIR: home,
      XDG_CACHE_HOME: home,
      XDG_DATA_HOME: home,
      XDG_CONFIG_HOME: home,
    };
    if (!env.DISPLAY) {
      const args = ["-displayfd", "3", "-screen", "0", "1280x1024x24", "-nolisten", "tcp"];
      const display = run("Xvfb", args, { stdio: ["ignore", "ignore", "ignore", "pipe"] });
      const number = await Promise.race([
        once(display.stdio[3], "data"),
        once(display, "exit").then(([code]) => Promise.reject(new Error(`Xvfb ended with ${code}.`))),
      ]);
      env.DISPLAY = `:${String(number).trim()}`;
    }
    const port = await freePort();
    run(driver, [`--port=${port}`], { env, stdio: "ignore" });
    await listening(port);
    return `http://127.0.0.1:${port}`;
  }

  return {
    /** @returns {Promise<string>} its address, of the one that runs or of a new one */
    start: () => (address ??= start()),
    /** Ends it, the browser and the display at once. The next `start` begins anew. */
    kill() {
      for (const { pid } of children) {
        try {
          process.kill(-pid, "SIGKILL");
        } catch {
          // It has gone by itself.
        }
      }
      children.clear();
      if (home) rmSync(home, { recursive: true, force: true, maxRetries: 3 });
      home = address = undefined;
    },
  };
}

async function listening(port) {
  for (const end = Date.now() + patience; Date.now() < end;) {
    const socket = connect(port, "127.0.0.1");
    const open = await new Promise((resolve) => {
      socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
    });
    socket.destroy();
    if (open) return;
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
  throw new Error(`WebKitWebDriver does not listen on port ${port}.`);
}
