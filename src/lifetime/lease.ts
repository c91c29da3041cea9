/** Why something is still loaded, by kind. */
export type LeaseKind =
  | "pin"
  | "instance"
  | "collection"
  | "type"
  | "builder"
  | "dependent"
  | "binding"
  | "handle"
  | "reflection"
  | "call"
  | "callback"
  | "view"
  | "activity";

/** One tracked reference that keeps a unit loaded, as data: it holds nothing. */
export interface LeaseSnapshot {
  id: number;
  kind: LeaseKind;
  /** Id of the unit that it keeps loaded. */
  unit: string;
  /** "host", or the id of the unit that holds it. */
  holder: string;
  /** What a person calls it, e.g. "render()". */
  label: string;
  /** From a root to the lease. */
  path: string[];
  /** Epoch milliseconds. */
  since: number;
  /** Where it was taken, file:line. */
  site?: string;
}
