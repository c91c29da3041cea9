import { Kind, PacketType } from "./kind.js";
import type { Answer, ErrorRecord, Operation, Packet, Thrown } from "./protocol.js";

/** Longest way to a member that anybody needs; a longer one is an attack on the walk. */
const LONGEST_PATH = 32;
/** Longest chain of causes that is followed, in both directions. */
export const DEEPEST_CAUSE = 8;

type Fields = Record<string, unknown>;

function isFields(data: unknown): data is Fields {
  return typeof data === "object" && data !== null;
}

function isCount(data: unknown): data is number {
  return Number.isSafeInteger(data) && (data as number) >= 0;
}

function isPath(data: unknown): boolean {
  if (typeof data === "string") return true;
  if (!Array.isArray(data) || data.length === 0 || data.length > LONGEST_PATH) return false;
  return data.every((key) => typeof key === "string");
}

/** An index must lead back to a path, and in one step. */
function isWirePath(data: unknown, index: number, operations: unknown[]): boolean {
  if (typeof data !== "number") return isPath(data);
  if (!isCount(data) || data >= index) return false;
  const [kind, , path] = operations[data] as unknown[];
  return kind !== Kind.settle && typeof path !== "number";
}

function isOperation(data: unknown, index: number, operations: unknown[]): boolean {
  if (!Array.isArray(data) || data.length < 3 || !isCount(data[1])) return false;
  switch (data[0]) {
    case Kind.get:
      return data.length === 3 && isWirePath(data[2], index, operations);
    case Kind.call:
      return isWirePath(data[2], index, operations);
    case Kind.settle:
      return data.length === 4 && typeof data[2] === "boolean" && (data[2] || isThrown(data[3]));
    default:
      return false;
  }
}

/** Accepts the content of a request. */
export function isOperations(data: unknown): data is Operation[] {
  return Array.isArray(data) && data.length > 0 && data.every(isOperation);
}

/** Accepts the content of a reply as the answer to `size` operations. */
export function isAnswer(data: unknown, size: number): data is Answer {
  if (!Array.isArray(data) || data.length < 1 || data.length > 3) return false;
  const [values, failures = [], late = []] = data as unknown[];
  const isIndex = (index: unknown): boolean => isCount(index) && index < size;
  return (
    Array.isArray(values) &&
    values.length === size &&
    Array.isArray(failures) &&
    failures.every(
      (entry: unknown) => Array.isArray(entry) && entry.length === 2 && isIndex(entry[0]) && isThrown(entry[1]),
    ) &&
    Array.isArray(late) &&
    late.every(isIndex)
  );
}

function isThrown(data: unknown, depth = 0): data is Thrown {
  if (!isFields(data) || depth > DEEPEST_CAUSE) return false;
  return "error" in data ? isErrorRecord(data.error, depth) : "value" in data;
}

function isErrorRecord(data: unknown, depth: number): data is ErrorRecord {
  if (!isFields(data) || typeof data.name !== "string" || typeof data.message !== "string") return false;
  const { code, stack, unit, cause, errors, own } = data;
  return (
    (code === undefined || typeof code === "string" || typeof code === "number") &&
    (stack === undefined || typeof stack === "string") &&
    (unit === undefined || typeof unit === "string") &&
    (cause === undefined || isThrown(cause, depth + 1)) &&
    (errors === undefined || (Array.isArray(errors) && errors.every((entry) => isThrown(entry, depth + 1)))) &&
    (own === undefined || isFields(own))
  );
}

/** Accepts a message as a packet; what is in it still has to be guarded. */
export function isPacket(data: unknown): data is Packet {
  if (!Array.isArray(data) || data.length < 3 || !isCount(data[1])) return false;
  return data[0] === PacketType.request || data[0] === PacketType.reply;
}
