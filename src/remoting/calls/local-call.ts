import { execute, isPromise } from "../serving/execute.js";
import { stepError } from "../serving/step-error.js";
import { CONTROL, type Kind, type MemberPath } from "../wire/protocol.js";
import { handlerOf } from "./handler.js";
import { release } from "./release.js";
import { CallState, RemoteCall, type CallOwner } from "./remote-call.js";

/** What a result comes from: a remote promise, or a value of this side's or a promise of one. In a box, as it may be a promise. */
export interface Begun {
  call: unknown;
}

/**
 * A remote promise whose result is made on this side: of what `begun` comes to, which it owns, by way of `finish`. As with any other,
 * nothing is fetched for whom nobody awaits; but that it could not begin is heard of.
 */
export function promiseLocally(
  kind: Kind,
  path: MemberPath,
  begun: Begun | Promise<Begun>,
  finish?: (value: unknown) => unknown,
): object {
  return new LocalCall(kind, path, begun, finish).proxy;
}

class LocalCall extends RemoteCall {
  readonly #begun: Begun | Promise<Begun>;
  readonly #finish: ((value: unknown) => unknown) | undefined;
  #hasStarted = false;

  constructor(
    kind: Kind,
    path: MemberPath,
    begun: Begun | Promise<Begun>,
    finish: ((value: unknown) => unknown) | undefined,
  ) {
    super(owner, kind, CONTROL, path, []);
    this.state = CallState.waiting;
    this.#begun = begun;
    this.#finish = finish;
    if (begun instanceof Promise) begun.catch((error: unknown) => this.#failed(error));
  }

  override promise(): Promise<unknown> {
    this.#start();
    return super.promise();
  }

  override arrived(): Promise<void> {
    this.#start();
    return super.arrived();
  }

  override giveUp(): void {
    this.#whenBegun((call) => handlerOf(call)?.giveUp());
  }

  override release(): void {
    const isUntouched = !this.#hasStarted && this.state === CallState.waiting;
    super.release();
    if (isUntouched) this.#whenBegun(release);
  }

  #start(): void {
    if (this.#hasStarted || this.state !== CallState.waiting) return;
    this.#hasStarted = true;
    void this.#settle();
  }

  async #settle(): Promise<void> {
    try {
      const value = await (this.#begun instanceof Promise ? this.#begun.then(resultOf) : resultOf(this.#begun));
      this.fulfill(this.#finish ? await this.#finish(value) : value);
    } catch (error) {
      this.#failed(error);
    }
  }

  #failed(error: unknown): void {
    if (this.state === CallState.waiting) this.fail(error, true);
  }

  #whenBegun(act: (call: unknown) => void): void {
    if (!(this.#begun instanceof Promise)) return act(this.#begun.call);
    this.#begun.then(
      ({ call }) => act(call),
      () => {},
    );
  }
}

/** Awaits a remote promise at once: a microtask later, its chunk may have left and said that nobody does. */
function resultOf({ call }: Begun): unknown {
  if (!isPromise(call)) return call;
  return new Promise((resolve, reject) => call.then(resolve, reject));
}

/** Takes operations on such results. */
const owner: CallOwner = {
  isWritable: false,
  fetch() {},
  drop() {},
  giveUp() {},
  invoke(kind, base, path, args) {
    const step = base as RemoteCall;
    step.isUsed = true;
    const begun = step.promise().then(
      (value) => ({ call: execute(kind, value, path, [...args], false) }),
      (error: unknown) => Promise.reject(stepError(step.label, error)),
    );
    return promiseLocally(kind, path, begun);
  },
};
