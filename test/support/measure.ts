import { executeServerCommand } from "@web/test-runner-commands";
import { expect } from "chai";
import { engine } from "./engine.js";

/** What the engine counts in one process. */
export interface Metrics {
  Documents: number;
  Frames: number;
  JSEventListeners: number;
  Nodes: number;
  /** Bytes. */
  JSHeapUsedSize: number;
}

/** Of the page's own process, and of the one that its sandboxed frames share while there is such a frame. */
export interface Measurement {
  page: Metrics;
  frames?: Metrics;
}

/**
 * Collects garbage in both processes, then reads the engine's own counters, by way of the test runner. Firefox and WebKit tell nobody:
 * there it is nothing.
 */
export async function measure(): Promise<Measurement | undefined> {
  const { page, frames } = (await executeServerCommand("measure")) as Partial<Measurement>;
  expect(page !== undefined, "what this engine counts").to.equal(engine === "chromium");
  return page && { page, ...(frames && { frames }) };
}
