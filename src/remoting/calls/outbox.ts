import type { Encoding } from "../values/encoding.js";
import type { Notice, Target } from "../wire/protocol.js";
import { CallState, RemoteCall } from "./remote-call.js";

/** A notice on its way out. */
export interface QueuedNotice {
  kind: Notice;
  id: Target;
  values: unknown[];
  encoding?: Encoding | undefined;
}

export type Queued = RemoteCall | QueuedNotice;

/** When a turn is over: `microtask`, once nothing more was added for a microtask; `task`, with the next task. */
export type Flush = "microtask" | "task";

/** Microtasks that a turn may go on for. */
const LONGEST_TURN = 8;

/** What leaves at the end of this turn, in order. */
export class Outbox {
  #queue: Queued[] = [];
  #seen = 0;
  #onTaken: (() => void)[] = [];
  readonly #flush: () => void;
  readonly #when: Flush;

  constructor(when: Flush, flush: () => void) {
    this.#when = when;
    this.#flush = flush;
  }

  add(item: Queued): void {
    if (this.#queue.push(item) > 1) return;
    if (this.#when === "task") setTimeout(this.#flush);
    else queueMicrotask(() => this.#look(1));
  }

  get isEmpty(): boolean {
    return this.#queue.length === 0;
  }

  /** Calls that were not sent yet. */
  get calls(): RemoteCall[] {
    return this.#queue.filter((item) => item instanceof RemoteCall);
  }

  /** Resolves when what is there now has left. */
  taken(): Promise<void> {
    return new Promise((resolve) => this.#onTaken.push(resolve));
  }

  take(): Queued[] {
    const queue = this.#queue;
    this.#queue = [];
    this.#seen = 0;
    for (const resolve of this.#onTaken.splice(0)) resolve();
    return queue.filter(isWanted);
  }

  /** A call is awaited one microtask after it is made, if it is; and so is a call that was made in such a microtask. */
  #look(turn: number): void {
    if (this.#queue.length === this.#seen || turn > LONGEST_TURN) return this.#flush();
    this.#seen = this.#queue.length;
    queueMicrotask(() => this.#look(turn + 1));
  }
}

/** A call that was given up stays here. One whose result was let go of is made all the same. */
function isWanted(item: Queued): boolean {
  const isWanted = !(item instanceof RemoteCall) || item.state !== CallState.rejected;
  if (!isWanted) item.encoding?.undo();
  return isWanted;
}
