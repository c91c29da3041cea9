/** Something that is passed around, by reference. */
export interface Thing {
  readonly id: number;
  /** The unit that it is of; undefined: the page. */
  readonly home: number | undefined;
  readonly kind: "instance" | "callback" | "dependent";
}

/** What a thing says when it is asked who it is. */
export function nameOf({ id, kind, home }: Thing): string {
  return kind === "dependent" ? `exports ${home}` : `thing ${id}`;
}
