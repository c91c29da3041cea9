import { executeServerCommand } from "@web/test-runner-commands";

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

/** Collects garbage in both processes, then reads the engine's own counters, by way of the test runner. */
export function measure(): Promise<Measurement> {
  return executeServerCommand("measure");
}
