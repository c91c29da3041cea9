import { isThorough } from "virtual:engine";

/** How much less a quick run does of what is done over and over. */
const QUICK = 5;

/**
 * How often to do what is done over and over, or at random: a fifth of it in a quick run, which is what `npm test` is, and all of it in a
 * thorough one (`npm run verify`).
 */
export const rounds = (all: number): number => (isThorough ? all : Math.ceil(all / QUICK));
