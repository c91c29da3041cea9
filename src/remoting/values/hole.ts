import type { Reference } from "../wire/protocol.js";

/** Stands, while a value is encoded, for something that leaves a hole in it. */
export class Hole {
  readonly reference: Reference;

  constructor(reference: Reference) {
    this.reference = reference;
  }
}
