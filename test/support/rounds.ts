import { depth } from "./engine.js";

/** How much less is done of what is done over and over. */
const LESS = 10;

/** How often to do what is done over and over, or at random: all of it in a thorough run (`npm run verify`), else a tenth. */
export const rounds = (all: number): number => (depth === "thorough" ? all : Math.ceil(all / LESS));
