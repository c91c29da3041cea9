import { existsSync } from "node:fs";
import { run } from "./run.js";

const instructions = {
  darwin: "brew install --cask google-chrome",
  win32: "winget install Google.Chrome",
  linux: "sudo apt-get install chromium",
};

/**
 * Installs Chromium where that needs no question asked: as root on a system with apt, which is what a fresh build
 * machine is. Anywhere else the developer's machine is not ours to change.
 * @throws with the one command to run instead
 */
export async function installChromium() {
  const advice =
    `No Chrome or Chromium was found. Install one:\n\n    ${instructions[process.platform] ?? instructions.linux}\n\n` +
    "or set CHROME_PATH to an executable.";
  const mayInstall = process.getuid?.() === 0 && existsSync("/etc/debian_version");
  if (!mayInstall) throw new Error(advice);

  console.log("No Chrome or Chromium was found: installing chromium.");
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  try {
    await run("apt-get", ["update", "-qq"], { env });
    await run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium"], { env });
  } catch (cause) {
    throw new Error(`${cause.message}\n${advice}`, { cause });
  }
}
