/** What a fault is said to be in. */
export interface Place {
  /** E.g. "grade() of index.js in rules@1.0.0". */
  what: string;
  /** Of what unit it is, as "name@version". */
  unit?: string | undefined;
}
