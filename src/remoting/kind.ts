/** Values of the packet types. */
export const PacketType = { request: 0, reply: 1 } as const;

/** Values of the operation kinds; numbers, because ten thousand of them may travel in one chunk. */
export const Kind = { get: 0, call: 1, settle: 2 } as const;
