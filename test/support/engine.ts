import { depth, engine, isolated } from "virtual:engine";

export { depth, engine, isolated };

/** The engines that the suite runs in. */
export type Engine = typeof engine;

/** Picks what is to be expected in the engine that the suite runs in: a difference is something to hold, and never skipped. */
export const inEngine = <T>(expected: Record<Engine, T>): T => expected[engine];
