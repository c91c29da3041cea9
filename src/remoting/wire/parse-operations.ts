import { isCount, isPath } from "./guard.js";
import { HEADER_LENGTH, Kind, Notice, NOTICE_LENGTH, type MemberPath, type Target } from "./protocol.js";
import { Violation } from "./violation.js";

/** Some operations of a stream that differ in their arguments alone, or a notice. */
export interface ParsedOperation {
  kind: Kind | Notice;
  /** Of a notice: its id. */
  target: Target;
  path: MemberPath;
  argumentCount: number;
  /** How many operations; 0 for a notice. */
  times: number;
  /** Where in the stream its arguments begin, or the two values of a notice. */
  at: number;
}

/** A header says how often it is meant; without arguments, nothing else bounds that. */
export const MOST_TIMES = 1 << 20;

/** Operations of one stream, where its length does not bound them. */
const MOST_OPERATIONS = 1 << 22;

/**
 * Reads a stream of operations; the arguments are left where they are.
 * @throws Violation where it is none
 */
export function parseOperations(stream: unknown[]): ParsedOperation[] {
  const paths: MemberPath[] = [];
  const operations: ParsedOperation[] = [];
  let count = 0;
  for (let at = 0; at < stream.length;) {
    const kind = stream[at];
    if (!isCount(kind) || kind > Notice.ignore) throw new Violation("an operation of no known kind");
    const operation = kind >= Notice.settle ? parseNotice(stream, at) : parseRun(stream, paths, at);
    operations.push(operation);
    count += operation.times;
    if (count > MOST_OPERATIONS && count > stream.length) throw new Violation("more operations than there is time for");
    at = operation.at + (operation.times === 0 ? 2 : operation.times * operation.argumentCount);
  }
  return operations;
}

function parseRun(stream: unknown[], paths: MemberPath[], at: number): ParsedOperation {
  const [kind, target, written, argumentCount, times] = stream.slice(at, at + HEADER_LENGTH);
  const path = typeof written === "number" ? paths[written] : ownPath(written);
  if (
    !Number.isSafeInteger(target) ||
    !isPath(path) ||
    !isCount(argumentCount) ||
    !isCount(times) ||
    times === 0 ||
    times > MOST_TIMES ||
    argumentCount * times > stream.length - at - HEADER_LENGTH ||
    (kind === Kind.set && argumentCount !== 1)
  )
    throw new Violation("an operation of the wrong shape");
  if (typeof written !== "number") paths.push(path);
  return { kind: kind as Kind, target: target as Target, path, argumentCount, times, at: at + HEADER_LENGTH };
}

/** A copy: a path that was looked at must not change when the holes are filled. */
function ownPath(written: unknown): unknown {
  return isPath(written) && typeof written !== "string" ? [...written] : written;
}

function parseNotice(stream: unknown[], at: number): ParsedOperation {
  const id = stream[at + 1];
  if (!isCount(id) || stream.length < at + NOTICE_LENGTH) throw new Violation("a notice of the wrong shape");
  return { kind: stream[at] as Notice, target: id, path: "", argumentCount: 0, times: 0, at: at + 2 };
}
