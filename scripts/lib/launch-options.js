import puppeteer from "puppeteer-core";

/** Puppeteer runs sandboxed frames in the page's own process; for users they have one of their own. */
const withIsolation = (argument) =>
  argument.startsWith("--disable-features=") ? argument.replace(/,?IsolateSandboxedIframes/, "") : argument;

/**
 * How tests and benchmarks start Chromium: isolated as users have it, and with nothing running in the background.
 *
 * The arguments are complete (`ignoreDefaultArgs`), because Puppeteer disables the isolation in a default argument, and
 * a feature that is both disabled and enabled on the command line stays disabled.
 * @param {string} executablePath
 * @param {string[]} [extra] further arguments
 * @param {{ isolated?: boolean }} [options] false leaves sandboxed frames in the process of their page
 * @returns {import("puppeteer-core").LaunchOptions}
 */
export function launchOptions(executablePath, extra = [], { isolated = true } = {}) {
  const args = [
    ...puppeteer.defaultArgs({ headless: true }).map(isolated ? withIsolation : (argument) => argument),
    "--disable-component-update",
    "--disable-quic",
    ...extra,
  ];
  // Chromium's own sandbox refuses to run as root, which is what build machines are.
  if (process.getuid?.() === 0) args.push("--no-sandbox");
  return { executablePath, args, ignoreDefaultArgs: true };
}
