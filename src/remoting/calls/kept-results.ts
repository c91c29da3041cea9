import { whenCollected } from "../../when-collected.js";
import type { RemoteCall } from "./remote-call.js";

/** Calls whose result the other side keeps; it drops one when its promise was collected here, or when it is told to. */
export class KeptResults {
  readonly #numbers = new Set<number>();
  readonly #collected = whenCollected<number>((number) => this.#forget(number));
  readonly #onDrop: (number: number) => void;

  constructor(onDrop: (number: number) => void) {
    this.#onDrop = onDrop;
  }

  add(call: RemoteCall): void {
    this.#numbers.add(call.number);
    this.#collected.register(call, call.number, call);
  }

  /** Has the other side drop a result; once. */
  drop(call: RemoteCall): void {
    this.#collected.unregister(call);
    this.#forget(call.number);
  }

  clear(): void {
    this.#numbers.clear();
  }

  #forget(number: number): void {
    if (this.#numbers.delete(number)) this.#onDrop(number);
  }
}
