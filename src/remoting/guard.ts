import { Kind } from "./kind.js";
import type { Answer, Chunk, ErrorRecord, Thrown } from "./protocol.js";

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

function isOperation(data: unknown): boolean {
  if (!Array.isArray(data) || data.length < 3 || !isCount(data[1])) return false;
  switch (data[0]) {
    case Kind.get:
      return data.length === 3 && isPath(data[2]);
    case Kind.call:
      return isPath(data[2]);
    case Kind.settle:
      return data.length === 4 && typeof data[2] === "boolean" && (data[2] || isThrown(data[3]));
    default:
      return false;
  }
}

/** Accepts the arguments of `run` as a chunk. */
export function isChunk(data: unknown): data is Chunk {
  return Array.isArray(data) && data.length === 2 && isCount(data[0]) && Array.isArray(data[1]) && data[1].every(isOperation);
}

/** Accepts the result of `run` as the answer to a chunk of `size` operations. */
export function isAnswer(data: unknown, size: number): data is Answer {
  if (!Array.isArray(data) || data.length !== 3) return false;
  const [values, failures, late] = data as unknown[];
  const isIndex = (index: unknown): boolean => isCount(index) && index < size;
  return (
    Array.isArray(values) &&
    values.length === size &&
    Array.isArray(failures) &&
    failures.every((entry: unknown) => Array.isArray(entry) && entry.length === 2 && isIndex(entry[0]) && isThrown(entry[1])) &&
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

/** A message of Comlink's that carries a chunk. */
export interface RequestMessage {
  id: string;
  type: "APPLY";
  path: string[];
  argumentList: { type: "RAW"; value: unknown }[];
}

/** A message of Comlink's that carries an answer. */
export interface ReplyMessage {
  id: string;
  type: "RAW";
  value: unknown;
}

function isRaw(data: unknown): data is { type: "RAW"; value: unknown } {
  return isFields(data) && data.type === "RAW";
}

function hasId(data: Fields): boolean {
  return typeof data.id === "string" && data.id.length <= 128;
}

/** Of all that Comlink's `expose` would act on (GET, SET, CONSTRUCT, any path), only a call of `run` itself is let in. */
export function isRequest(data: unknown): data is RequestMessage {
  return (
    isFields(data) &&
    data.type === "APPLY" &&
    hasId(data) &&
    Array.isArray(data.path) &&
    data.path.length === 0 &&
    Array.isArray(data.argumentList) &&
    data.argumentList.every(isRaw) &&
    isChunk(data.argumentList.map(({ value }) => value))
  );
}

export function isReply(data: unknown): data is ReplyMessage {
  return isFields(data) && data.type === "RAW" && hasId(data);
}
