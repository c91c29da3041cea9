import os from "node:os";

/**
 * Where something was measured, in words.
 * @param {string} chromium the version, as the browser tells it
 */
export function describePlace(chromium) {
  return {
    chromium: chromium.replace(/^\w+\//, "Chromium "),
    machine: `${os.availableParallelism()} cores, ${os.type()}`,
  };
}
