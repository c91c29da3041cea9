import { existsSync } from "node:fs";
import { run } from "./run.js";

/** How to get one by hand, where that is not Debian's packages. */
const instructions = {
  Chromium: { darwin: "brew install --cask google-chrome", win32: "winget install Google.Chrome" },
  Firefox: { darwin: "brew install --cask firefox", win32: "winget install Mozilla.Firefox" },
};

/** How to choose one that is elsewhere. */
const variables = { Chromium: "CHROME_PATH", Firefox: "FIREFOX_PATH" };

/**
 * Makes sure that an engine is there. Installs it where that needs no question asked: as root on a system with apt, which is
 * what a fresh build machine is. Anywhere else the developer's machine is not ours to change.
 * @param {import("./engines.js").Engine} engine
 * @returns what its `find` found
 * @throws with the one command to run instead
 */
export async function installEngine({ title, packages, find }) {
  const name = title.split(",")[0];
  const command = instructions[name]?.[process.platform] ?? `sudo apt-get install ${packages.join(" ")}`;
  const variable = variables[name] ? `\n\nor set ${variables[name]} to an executable.` : "\n\non a system like Debian.";
  const advice = `No ${name} was found. Install it:\n\n    ${command}${variable}`;

  const found = find();
  if (found) return found;
  const mayInstall = process.getuid?.() === 0 && existsSync("/etc/debian_version");
  if (!mayInstall) throw new Error(advice);

  console.log(`No ${name} was found: installing ${packages.join(", ")}.`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  try {
    await run("apt-get", ["update", "-qq"], { env });
    await run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", ...packages], { env });
  } catch (cause) {
    throw new Error(`${cause.message}\n${advice}`, { cause });
  }
  const installed = find();
  if (!installed) throw new Error(`${packages.join(", ")} were installed, but brought no ${name} that was found.`);
  return installed;
}
