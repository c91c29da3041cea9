/**
 * A plan as data. Types only; `compile.ts` turns unknown data into code.
 *
 * A body has registers: its parameters first, then the result of each step. The whole plan's one parameter is what it is
 * about; those of a `map` are an item and its index.
 */
export type Body = [steps: Step[], result: Node];

/** Kinds of step; `calls` have a member's name, or none where the source itself is called. */
export const StepKind = { get: 0, call: 1, construct: 2, map: 3 } as const;

export type Step =
  | [kind: 0, source: Node, name: string]
  | [kind: 1 | 2, source: Node, name: string | null, args: Node[]]
  | [kind: 3, source: Node, body: Body];

/** Kinds of node. */
export const NodeKind = { constant: 0, register: 1, array: 2, object: 3, map: 4, set: 5 } as const;

/** A value, some of whose parts are known only when the plan runs. A register is of the body so many levels up. */
export type Node =
  | [kind: 0, value: unknown]
  | [kind: 1, level: number, register: number]
  | [kind: 2 | 4 | 5, nodes: Node[]]
  | [kind: 3, nodes: Node[], keys: string[]];
