/** The message with which a unit's worker tells the frame around it that it has closed itself. */
export const ENDED = "leasehold:ended";
