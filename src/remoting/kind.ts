/** Values of the operation kinds; numbers, because ten thousand of them may travel in one chunk. */
export const Kind = { get: 0, call: 1, settle: 2 } as const;
