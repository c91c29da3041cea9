import { isData, type HostControl, type Notifier } from "../remoting/index.js";
import { errorText } from "./error-text.js";

const levels = { debug: "debug", log: "info", info: "info", warn: "warn", error: "error" } as const;

/** Lets the host hear what the unit logs and what it fails to catch; the browser's own console still shows it. */
export function forwardConsole(host: Notifier<HostControl>): void {
  for (const [method, level] of Object.entries(levels) as [
    keyof typeof levels,
    (typeof levels)[keyof typeof levels],
  ][]) {
    const original = console[method].bind(console);
    console[method] = (...args: unknown[]) => {
      original(...args);
      host.log(level, args.map(toData));
    };
  }
  addEventListener("error", ({ error, message }) =>
    host.log("error", [error instanceof Error ? toData(error) : message]),
  );
  addEventListener("unhandledrejection", ({ reason }) => host.log("error", ["Unhandled rejection:", toData(reason)]));
}

function toData(value: unknown): unknown {
  try {
    if (value instanceof Error) return errorText(value);
    return isData(value) ? value : tagOf(value);
  } catch {
    return tagOf(value);
  }
}

function tagOf(value: unknown): string {
  try {
    return Object.prototype.toString.call(value);
  } catch {
    return typeof value; // its getters throw
  }
}
