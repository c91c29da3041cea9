import { availableParallelism } from "node:os";

/** How many browsers run the whole suite at the same time: two take little more than half the time of one. */
export const lanes = availableParallelism() > 1 ? 2 : 1;
