export const text = "hello from a file";
