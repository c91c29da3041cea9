import type { MemberPath, Packet } from "./protocol.js";

/** Longest way to a member that anybody needs; a longer one is an attack on the walk. */
const LONGEST_PATH = 32;

/** Longest list that a packet may have; one with gaps can be longer than there is time to look at it. */
const LONGEST_LIST = 1 << 24;

/** A whole number that an array can be as long as. */
export function isCount(data: unknown): data is number {
  return Number.isSafeInteger(data) && (data as number) >= 0;
}

export function isPath(data: unknown): data is MemberPath {
  if (typeof data === "string") return true;
  if (!Array.isArray(data) || data.length > LONGEST_PATH) return false;
  // Not `every`, which passes over the gaps of a sparse array.
  for (let index = 0; index < data.length; index++) if (typeof data[index] !== "string") return false;
  return true;
}

function isList(data: unknown): data is unknown[] {
  return Array.isArray(data) && data.length <= LONGEST_LIST;
}

/** Whether data is a list, or nothing where there is nothing to say. */
function isListOrNothing(data: unknown): data is unknown[] | null | undefined {
  return data === undefined || data === null || isList(data);
}

/** Accepts a list of indexes below `size`; none is an empty one. */
export function isIndexes(data: unknown, size: number): data is number[] | null | undefined {
  if (!isListOrNothing(data)) return false;
  if (!data) return true;
  if (data.length > size) return false;
  for (let at = 0; at < data.length; at++) if (!isCount(data[at]) || (data[at] as number) >= size) return false;
  return true;
}

/** Accepts a message as a packet; what is in its lists still has to be looked at. */
export function isPacket(data: unknown): data is Packet {
  if (!Array.isArray(data) || !isCount(data[1]) || !isList(data[2])) return false;
  const [type, , , holes, fourth, fifth] = data as unknown[];
  if (!isListOrNothing(holes) || !isListOrNothing(fourth)) return false;
  return type === 0 ? data.length <= 5 : (type === 1 || type === 2) && data.length <= 6 && isListOrNothing(fifth);
}
