import { executeServerCommand } from "@web/test-runner-commands";

/** What the engine counts in this page's process, after a collection. */
export interface Measurement {
  Documents: number;
  Frames: number;
  JSEventListeners: number;
  Nodes: number;
  JSHeapUsedSize: number;
  /** Frames that the browser knows in this page, whatever their process. */
  pageFrames: number;
}

/** Collects garbage in the page's process, then reads the engine's own counters, by way of the test runner. */
export async function measure(): Promise<Measurement> {
  return executeServerCommand("measure");
}
