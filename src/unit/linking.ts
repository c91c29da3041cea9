/** A piece of a linked module's text: literal, or the id of another one whose Blob URL goes here. */
export type Piece = string | { id: string };

/**
 * A unit's modules made ready for Blob URLs, which exist only inside the domain. The guest puts URLs in place of ids,
 * recursively: there are no cycles left. The id of a unit's own module is its path.
 */
export interface LinkPlan {
  unit: string;
  version: string;
  entry: string;
  modules: Record<string, Piece[]>;
  /** Module of a cycle → the module that has to be imported for the whole cycle to run. */
  heads: Record<string, string>;
}

/** Property of the guest's global under which modules find the linker while they are being linked. */
export const LINKER_KEY = "leasehold.linker";
