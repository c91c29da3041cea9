import { Kind } from "../../../src/remoting/wire/protocol.js";
import { inEngine } from "../../support/engine.js";
import { PAGE } from "./raw-peer.js";

/** The first request of a session. */
export function request(stream: unknown, holes?: unknown, quiet?: unknown): unknown[] {
  return [0, 0, stream, holes, quiet];
}

/** An operation on a member of the page's object. */
export function operation(kind: unknown, path: unknown, ...args: unknown[]): unknown[] {
  return [kind, PAGE, path, args.length, 1, ...args];
}

/** One call of a member of the page's object. */
export function callOf(path: unknown, ...args: unknown[]): unknown[] {
  return request(operation(Kind.call, path, ...args));
}

/** A call whose first argument is a hole for a reference. */
export function callWith(path: unknown, reference: unknown): unknown[] {
  const stream = operation(Kind.call, path, undefined);
  return request(stream, [stream, 5, reference]);
}

/** A plan that is run on the page's object. */
export function planOf(program: unknown): unknown[] {
  return request(operation(Kind.plan, [], program));
}

/** WebKit looks at every place of what is sent, so that who sends a list of this length stalls nobody but itself. */
export const ENDLESS = inEngine({ chromium: 2 ** 32 - 1, firefox: 2 ** 32 - 1, webkit: 2 ** 24 + 1 });

/** An array that is as long as one can be, and still be sent, and empty. */
export function endless(...items: unknown[]): unknown[] {
  const list = [...items];
  list.length = ENDLESS;
  return list;
}

/** Data in data in data. */
export function nested(levels: number, innermost: unknown = 1): unknown {
  let value = innermost;
  for (let level = 0; level < levels; level++) value = [value];
  return value;
}
