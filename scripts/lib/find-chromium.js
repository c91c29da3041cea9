import { existsSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import { onPath } from "./on-path.js";

/** Binaries before wrapper scripts: Debian's /usr/bin/chromium is a shell script that prints warnings of its own. */
const linux = ["/usr/lib/chromium/chromium", "/usr/lib/chromium-browser/chromium-browser", "/opt/google/chrome/chrome"];

const linuxCommands = ["google-chrome-stable", "google-chrome", "chromium", "chromium-browser"];

const mac = ["Google Chrome", "Chromium"].flatMap((name) =>
  ["/Applications", path.join(homedir(), "Applications")].map(
    (folder) => `${folder}/${name}.app/Contents/MacOS/${name}`,
  ),
);

const windows = ["PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"]
  .flatMap((variable) => process.env[variable] ?? [])
  .flatMap((folder) => ["Google\\Chrome", "Chromium"].map((name) => `${folder}\\${name}\\Application\\chrome.exe`));

/**
 * Looks for an installed Chrome or Chromium.
 * @returns {string | undefined} the path of its executable
 * @throws when CHROME_PATH names a file that does not exist, so that a typing error does not run another browser
 */
export function findChromium() {
  const chosen = process.env.CHROME_PATH;
  if (chosen) {
    if (existsSync(chosen)) return chosen;
    throw new Error(
      `CHROME_PATH names ${chosen}, which does not exist. Correct it, or unset it to search the usual places.`,
    );
  }
  return candidates().find((file) => existsSync(file));
}

function candidates() {
  if (process.platform === "darwin") return mac;
  if (process.platform === "win32") return windows;
  return [...linux, ...linuxCommands.flatMap((name) => onPath(name) ?? []), "/snap/bin/chromium"];
}
