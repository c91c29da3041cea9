import { LeaseholdError } from "../../errors.js";
import type { Recorder, Scope } from "./recorder.js";

const plannedKey = Symbol.for("leasehold.planned");
const nothing = function () {};

/** Parts that a person may take a placeholder apart into. */
const MOST_PARTS = 32;

/** What is recorded for one of a plan's placeholders; undefined for anything else. */
export function plannedOf(value: unknown): PlannedValue | undefined {
  return typeof value === "function" ? (value as { [plannedKey]?: PlannedValue })[plannedKey] : undefined;
}

/** How a value came about that has not been read by itself yet: as a member of another. */
export interface Origin {
  source: PlannedValue;
  key: string;
}

/** A placeholder for a value that there will be when the plan runs; what is done with it is recorded. */
export class PlannedValue implements ProxyHandler<() => void> {
  readonly proxy: object = new Proxy(nothing, this);
  readonly recorder: Recorder;
  readonly scope: Scope;
  readonly origin: Origin | undefined;
  /** Where its value will be, in its scope; undefined for a member that is not read by itself. */
  register: number | undefined;

  constructor(recorder: Recorder, scope: Scope, register: number, origin?: Origin) {
    this.recorder = recorder;
    this.scope = scope;
    this.register = register;
    this.origin = origin;
  }

  get(_target: unknown, key: string | symbol): unknown {
    if (key === plannedKey) return this;
    if (key === Symbol.toPrimitive) throw refuse("used as a primitive value, in a comparison, a sum or a template");
    if (key === Symbol.iterator) return () => this.#parts();
    if (key === Symbol.asyncIterator) throw refuse("iterated over; use its map()");
    if (key === "then") throw refuse("awaited; a plan is recorded in one go, and chunk() itself is awaited");
    if (typeof key === "symbol") return undefined;
    if (key in Object.prototype) throw refuse(`asked for "${key}", which all objects have`);
    return this.recorder.read(this, key);
  }

  apply(_target: unknown, _this: unknown, args: unknown[]): unknown {
    // JSON.stringify calls it with the key at which it found the value.
    if (this.origin?.key === "toJSON" && typeof args[0] === "string") throw refuse("made JSON");
    return this.recorder.call(this, args, false);
  }

  construct(_target: unknown, args: unknown[]): object {
    return this.recorder.call(this, args, true);
  }

  has(): boolean {
    throw refuse('tested with "in"');
  }

  ownKeys(): never {
    throw refuse("spread or listed");
  }

  set(): boolean {
    throw refuse("assigned to");
  }

  defineProperty(): boolean {
    throw refuse("assigned to");
  }

  deleteProperty(): boolean {
    throw refuse("deleted from");
  }

  /** For taking apart, as in `([key, value]) => …`; how many parts there are, nobody knows yet. */
  *#parts(): Generator<unknown> {
    for (let index = 0; index < MOST_PARTS; index++) yield this.recorder.read(this, String(index));
    throw refuse("iterated over to its end; use its map()");
  }

  preventExtensions(): boolean {
    return false;
  }

  setPrototypeOf(): boolean {
    return false;
  }
}

function refuse(how: string): LeaseholdError {
  const message =
    `A planned value was ${how}. It has no value while the plan is recorded, which happens once, for all that comes: return it ` +
    `from chunk() and go on with what comes back, or move the decision to the other side with inside() or a function there.`;
  return new LeaseholdError("DataError", "planned-value", message);
}
