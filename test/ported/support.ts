import { expect } from "chai";
import {
  connect,
  expose,
  release,
  releaseProxy,
  wrap,
  type ProxyMethods,
  type Remote,
  type Session,
} from "leasehold/remoting";
import { collect, collectUntil } from "../support/collect.js";
import { until } from "../support/until.js";

/** Two sessions on the two ends of one channel. */
export interface Pair<T extends object> {
  /** What the far side exposes. */
  remote: Remote<T>;
  near: Session<T>;
  far: Session<object>;
  /** The far side's end of the port. */
  port: MessagePort;
}

export interface PairOptions {
  /** What the near side exposes. */
  expose?: object;
  limits?: { callTimeout?: number };
  /** References are left to the garbage collector, instead of being released. */
  collects?: boolean;
  /** The session is closed by the body, so that there is nothing left to look at. */
  closes?: boolean;
}

/**
 * Exposes `api` on the far end of a channel, hands both sessions to `body`, and closes them once neither side holds a
 * reference or waits for anything.
 */
export async function withPair<T extends object>(
  api: T,
  body: (pair: Pair<T>) => unknown,
  { expose: ours, limits, collects = false, closes = false }: PairOptions = {},
): Promise<void> {
  const { port1, port2 } = new MessageChannel();
  const far = connect<object>(port2, { expose: api });
  const near = connect<T>(port1, { ...(ours && { expose: ours }), ...(limits && { limits }) });
  try {
    await body({ remote: near.remote, near, far, port: port2 });
    if (!closes) await emptied([near, far], collects);
  } finally {
    near.close();
    far.close();
  }
}

/** Resolves once none of the sessions holds a reference or waits for anything. */
export async function emptied(sessions: Pick<Session<object>, "stats">[], collects = false): Promise<void> {
  const held = (): unknown[] =>
    sessions.map((session) => {
      const { exports, imports, pending } = session.stats();
      return { exports, imports, pending };
    });
  const empty = sessions.map(() => ({ exports: 0, imports: 0, pending: 0 }));
  const isEmpty = (): boolean => JSON.stringify(held()) === JSON.stringify(empty);
  const look = collects ? collectUntil : until;
  await look("both sides hold nothing", isEmpty).catch(() => expect(held()).to.deep.equal(empty));
}

/** Lets `body` use what was received, then lets go of it: who receives a reference, releases it. */
export async function thenRelease<T, R>(received: T, body: (received: T) => R): Promise<Awaited<R>> {
  try {
    return await body(received);
  } finally {
    release(received);
  }
}

/** Exposes `value` as an application that uses Comlink does, hands the wrapped remote to `body`, and releases it. */
export async function withWrapped<T>(value: T, body: (remote: Remote<T> & ProxyMethods) => unknown): Promise<void> {
  const { port1, port2 } = new MessageChannel();
  expose(value, port2);
  const remote = wrap<T>(port1);
  try {
    await body(remote);
  } finally {
    remote[releaseProxy]();
    port1.close();
    port2.close();
  }
}

/** Long enough for everything under way in this page to have arrived. */
export const settled = (milliseconds = 20): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Collects garbage several times, for showing that something survives it. */
export async function collectOften(): Promise<void> {
  for (let i = 0; i < 5; i++) await collect();
}

const collected = new FinalizationRegistry<() => void>((tell) => tell());

/** Answers whether an object has been collected. To ask a WeakRef would keep it for as long as the turn takes. */
export function collectionOf(object: object): () => boolean {
  let isCollected = false;
  collected.register(object, () => (isCollected = true));
  return () => isCollected;
}

let posted = 0;
const { postMessage } = MessagePort.prototype as { postMessage(...args: unknown[]): void };
// For good, and before there are sessions: who holds a port has looked this up.
MessagePort.prototype.postMessage = function (this: MessagePort, ...args: unknown[]) {
  posted++;
  postMessage.apply(this, args);
} as typeof MessagePort.prototype.postMessage;

/** Counts the messages that go over this page's ports while `body` runs; keeps none of them. */
export async function countMessages(body: () => unknown): Promise<number> {
  const before = posted;
  await body();
  return posted - before;
}
