import { LONGEST_TIMEOUT } from "../../time.js";
import type { RemoteCall } from "./remote-call.js";

/** Holds calls to the time that one may take. The calls of one turn share a timer. */
export class Timers {
  /** How long; undefined for any time. What setTimeout cannot hold it runs at once, so that is any time, too. */
  milliseconds: number | undefined;
  readonly #onLate: (call: RemoteCall) => void;
  readonly #timers = new Set<ReturnType<typeof setTimeout>>();
  #turn: RemoteCall[] | undefined;

  constructor(milliseconds: number | undefined, onLate: (call: RemoteCall) => void) {
    this.milliseconds = milliseconds;
    this.#onLate = onLate;
  }

  watch(call: RemoteCall): void {
    if (this.milliseconds === undefined || this.milliseconds > LONGEST_TIMEOUT || !call.isCounted) return;
    if (!this.#turn) this.#start((this.#turn = []), this.milliseconds);
    this.#turn.push(call);
  }

  close(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }

  #start(turn: RemoteCall[], milliseconds: number): void {
    queueMicrotask(() => (this.#turn = undefined));
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      for (const call of turn) if (call.isPending) this.#onLate(call);
    }, milliseconds);
    this.#timers.add(timer);
  }
}
