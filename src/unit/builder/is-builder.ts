import type { UnitBuilder } from "./types.js";

const builders = new WeakSet<object>();

/** To be called of each builder that is made. */
export function markBuilder(builder: UnitBuilder): void {
  builders.add(builder);
}

/** Whether a source is a builder. Apart from what builders are made of, a parser above all, so that who only reads sources needs none of it. */
export function isBuilder(source: object): source is UnitBuilder {
  return builders.has(source);
}
