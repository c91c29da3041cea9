import { LeaseholdError } from "../errors.js";
import type { CallInfo, CallSource } from "../lifetime/index.js";
import type { Caller } from "./calls/caller.js";
import type { Server } from "./serving/server.js";
import type { References } from "./tables/references.js";

/** A session's calls that are under way, in either direction, those of control apart. */
export class CallsUnderWay implements CallSource {
  readonly #caller: Caller;
  readonly #server: Server;
  readonly #references: References;

  constructor(caller: Caller, server: Server, references: References) {
    this.#caller = caller;
    this.#server = server;
    this.#references = references;
  }

  get size(): number {
    return this.#caller.pending.size + this.#server.running.size;
  }

  get kept(): object {
    return this.#references.exports.vault;
  }

  describe(): CallInfo[] {
    const ours = this.#caller.countedCalls.map((call) => ({
      key: call,
      label: call.label,
      since: call.turn.since,
      holder: call.holder,
      site: call.site,
      cancel: () => void this.#caller.abandon([call], cancelled),
    }));
    const theirs = [...this.#server.running].map((running) => ({
      key: running,
      label: running.label,
      since: running.since,
      holder: this.#references.account,
      cancel: () => this.#server.ended(running),
    }));
    return [...ours, ...theirs];
  }
}

/** What a call rejects with that somebody has cancelled to free its unit. */
function cancelled(label: string): LeaseholdError {
  const message = `${label} was cancelled, so that what it kept loaded can go.`;
  return new LeaseholdError("DomainUnloadedError", "call-cancelled", message);
}
