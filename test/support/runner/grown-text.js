import { closeSync, existsSync, openSync, readSync, statSync } from "node:fs";

/** Bytes that are looked at: a group of attacks makes a browser write fewer. */
const MOST = 64 * 2 ** 20;

/** Bytes that a file has; none where there is no such file yet. @param {string} file */
export const sizeOf = (file) => (existsSync(file) ? statSync(file).size : 0);

/**
 * What was written to a log from that offset on.
 * @param {string} file
 * @param {number} since in bytes
 */
export function grownText(file, since) {
  const size = sizeOf(file);
  const from = Math.max(Math.min(since, size), size - MOST);
  if (from >= size) return "";
  const buffer = Buffer.alloc(size - from);
  const descriptor = openSync(file);
  readSync(descriptor, buffer, 0, buffer.length, from);
  closeSync(descriptor);
  return buffer.toString();
}
