import { LeaseholdError } from "../../errors.js";
import { handlerOf } from "../calls/handler.js";
import type { Invoker } from "../calls/invoker.js";
import { NodeKind, StepKind, type Body, type Node, type Step } from "./program.js";
import { plannedOf, PlannedValue } from "./planned-value.js";
import { isPlainObject } from "../values/plain-object.js";
import { isPrimitive } from "../values/primitive.js";

/** A body that is being recorded. */
export interface Scope {
  readonly parent: Scope | undefined;
  readonly parameters: number;
  readonly steps: Step[];
}

/** Writes down what a plan does with its placeholders. */
export class Recorder {
  readonly #invoker: Invoker;
  #scope: Scope | undefined;

  /** @param invoker whose remotes may be captured */
  constructor(invoker: Invoker) {
    this.#invoker = invoker;
  }

  /** Runs a function on placeholders for its parameters, once, and returns what it did. */
  record(parameters: number, plan: (...placeholders: never[]) => unknown): Body {
    const scope: Scope = { parent: this.#scope, parameters, steps: [] };
    this.#scope = scope;
    try {
      const placeholders = Array.from({ length: parameters }, (_, index) => new PlannedValue(this, scope, index).proxy);
      const result = plan(...(placeholders as never[]));
      if (result instanceof Promise) throw asynchronous(result);
      return [scope.steps, this.#node(result)];
    } finally {
      this.#scope = scope.parent;
    }
  }

  read(source: PlannedValue, key: string): unknown {
    const step: Step = [StepKind.get, this.#node(source.proxy), key];
    return this.#add(step, { source, key });
  }

  call(callee: PlannedValue, args: unknown[], isConstruct: boolean): object {
    const { origin } = callee;
    const [first] = args;
    if (origin?.key === "map" && args.length === 1 && isPlain(first) && !isConstruct) {
      this.#unread(callee);
      return this.#add([StepKind.map, this.#node(origin.source.proxy), this.record(2, first as () => unknown)]);
    }
    const kind = isConstruct ? StepKind.construct : StepKind.call;
    const nodes = args.map((arg) => this.#node(arg));
    if (!origin) return this.#add([kind, this.#node(callee.proxy), null, nodes]);
    this.#unread(callee);
    return this.#add([kind, this.#node(origin.source.proxy), origin.key, nodes]);
  }

  /** Makes a constant of something that was captured, so that it is mapped over there. */
  constant(value: unknown): object {
    // Reading it of an object gives it a register like any other value.
    return this.#add([StepKind.get, this.#node({ value }), "value"]);
  }

  /** Takes back the reading of a member that turns out to be called, so that it is called as a member. */
  #unread(member: PlannedValue): void {
    const { steps, parameters } = this.#current();
    if (
      member.register !== undefined &&
      member.scope.steps === steps &&
      member.register === parameters + steps.length - 1
    ) {
      steps.pop();
      member.register = undefined;
    }
  }

  #add(step: Step, origin?: { source: PlannedValue; key: string }): object {
    const scope = this.#current();
    const register = scope.parameters + scope.steps.push(step) - 1;
    return new PlannedValue(this, scope, register, origin).proxy;
  }

  #node(value: unknown, ancestors: readonly unknown[] = []): Node {
    if (isPrimitive(value)) return [NodeKind.constant, value];
    const planned = plannedOf(value);
    if (planned) return this.#register(planned);
    this.#check(value);
    // What contains itself has no end to look for; it is sent as it is.
    if (typeof value !== "object" || ancestors.includes(value)) return [NodeKind.constant, value];
    const [kind, parts, keys] = partsOf(value as object);
    if (!parts) return [NodeKind.constant, value];
    const nodes = parts.map((part) => this.#node(part, [...ancestors, value]));
    if (nodes.every(([of]) => of === NodeKind.constant)) return [NodeKind.constant, value];
    return keys ? [NodeKind.object, nodes, keys] : [kind as 2, nodes];
  }

  #register(planned: PlannedValue): Node {
    if (planned.recorder !== this || !this.#scope) throw over();
    const { origin } = planned;
    // It was read in order to be called, and is now wanted itself.
    if (planned.register === undefined && origin) {
      return this.#node(this.#add([StepKind.get, this.#node(origin.source.proxy), origin.key]));
    }
    let level = 0;
    for (let scope: Scope | undefined = this.#scope; scope; scope = scope.parent, level++) {
      if (scope === planned.scope) return [NodeKind.register, level, planned.register as number];
    }
    throw over();
  }

  #check(value: unknown): void {
    const handler = handlerOf(value);
    const owner = handler?.invoker();
    if (!handler || !owner) return;
    if ((owner.behind ?? owner) === this.#invoker) {
      const fault = owner.planFault?.([handler.path].flat());
      if (fault) throw fault;
      return;
    }
    if (owner.refusal) throw owner.refusal("What a plan captured");
    const name = [handler.path].flat().join(".") || handler.name || "a remote";
    const message =
      `A plan ${this.#invoker.unit ? `of ${this.#invoker.unit} ` : ""}captured ${name} of ${owner.unit ?? "another session"}, which ` +
      `the other side cannot reach. Await what you need of it first, or call it outside.`;
    throw new LeaseholdError("DataError", "other-session", message);
  }

  #current(): Scope {
    if (!this.#scope) throw over();
    return this.#scope;
  }
}

function partsOf(value: object): [kind: number, parts?: unknown[], keys?: string[]] {
  if (Array.isArray(value)) return [NodeKind.array, value];
  if (value instanceof Map) return [NodeKind.map, [...value].flat()];
  if (value instanceof Set) return [NodeKind.set, [...value]];
  if (!isPlainObject(value)) return [NodeKind.constant];
  return [NodeKind.object, Object.values(value), Object.keys(value)];
}

/** Whether a function is the page's own, not a remote and not planned. */
function isPlain(value: unknown): boolean {
  return typeof value === "function" && !handlerOf(value) && !plannedOf(value);
}

function asynchronous(result: Promise<unknown>): LeaseholdError {
  // Awaiting a placeholder has failed in there already, and said why.
  result.catch(() => {});
  const message =
    "A plan is recorded in one go: its function, and those given to map(), must not be async or return a promise. Use placeholders without awaiting them.";
  return new LeaseholdError("DataError", "planned-async", message);
}

function over(): LeaseholdError {
  const message =
    "A planned value was used outside of the plan, or of the map(), that it belongs to. Return it from chunk() instead.";
  return new LeaseholdError("InvalidStateError", "plan-over", message);
}
