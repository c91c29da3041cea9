/** Stands for a result that stays on the side where it is, because nobody awaits it on the other. */
export const KEPT = Symbol("kept");
