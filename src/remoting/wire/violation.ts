/** The other side broke the protocol; thrown where it is seen, and the session closes for it. */
export class Violation extends Error {}
