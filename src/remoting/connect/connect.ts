import { givenLimits, type Limits } from "../../policy/index.js";
import { createRemote } from "../calls/create-remote.js";
import type { Flush } from "../calls/outbox.js";
import { Session as Core, type SessionStats } from "../session.js";
import type { Planned, Remote, Settled, Synchronous } from "../types/index.js";
import { openChannel, type Connectable } from "./open-channel.js";
import { ROOT } from "./root.js";
import { sessionClosed } from "./session-closed.js";

/** What `connect` may be told. */
export interface ConnectOptions {
  /** What the other side may call: own and class-declared members only. Default: nothing. */
  expose?: object;
  /**
   * Of these, `callTimeout`, `messageBytes`, `operationsPerSecond`, `pendingCalls` and `leases` hold here, for what the other side does;
   * where it passes one, the session closes. Default: none.
   */
  limits?: Limits;
  /** When a turn is over, and what was called in it leaves: after its microtasks (default), or with the next task. */
  flush?: Flush;
}

/** One end of a connection; whoever opened it closes it. */
export interface Session<T extends object> {
  /** What the other side exposes. */
  readonly remote: Remote<T>;
  /** Records what `plan` does with it and has it done there: one message there, one back. */
  chunk<const R>(plan: (remote: Planned<T>) => Synchronous<R>): Promise<Settled<R>>;
  /** What was done, and what is held, at this moment. */
  stats(): SessionStats;
  /** Every pending call, and every later one, rejects with the reason. Default: DomainUnloadedError (`session-closed`). */
  close(reason?: unknown): void;
  /** Resolves with the reason once the session has closed, by `close` or because the other side broke the protocol. */
  readonly closed: Promise<unknown>;
}

/**
 * Opens a session over a MessagePort, a Worker, the global scope of one, or a window, and takes that over. Calls that are made
 * before the other end is there wait for it.
 * @throws LeaseholdError "InvalidStateError" (`no-endpoint`), "DataError" (`limit-invalid`); then the port is still its owner's
 */
export function connect<T extends object>(
  port: Connectable,
  { expose, limits, flush }: ConnectOptions = {},
): Session<T> {
  const held = limits && givenLimits(limits);
  const core = new Core(openChannel(port), { flush, callTimeout: limits?.callTimeout });
  if (held) core.limit(held);
  if (expose) core.expose(ROOT, expose);
  return {
    remote: createRemote<T>(() => core.invoker, ROOT),
    chunk: <const R>(plan: (remote: Planned<T>) => Synchronous<R>) =>
      core.chunk(ROOT, plan as (root: never) => unknown) as Promise<Settled<R>>,
    stats: () => core.stats(),
    close: (reason = sessionClosed) => void core.close(reason),
    closed: core.closed,
  };
}
