/** Number under which each side of a connection exposes its one object. */
export const ROOT = 1;
