import { LeaseholdError } from "../errors.js";
import {
  execute,
  gated,
  giveBack,
  giveBackRest,
  handlerOf,
  type GatedOperation,
  type Invoker,
} from "../remoting/index.js";
import { agree, type Party } from "./agree.js";
import { isContract } from "./define-contract.js";
import { checkArguments, checkResult } from "./check.js";
import { callOnly, inPlan, notAContract, notInContract } from "./refusals.js";
import type { CheckedSide } from "./schema-failed.js";
import { standInFor } from "./stand-in.js";
import type { Contract, ContractMember } from "./types.js";

/** What a unit and its host have agreed on, as long as the unit is there. */
export class Agreement {
  readonly #contract: Contract;
  readonly #stubs: ReadonlySet<string>;

  /** @throws LeaseholdError "ContractError"; see `agree` */
  constructor(contract: Contract, unit: Party, exportNames: readonly string[]) {
    if (!isContract(contract)) throw notAContract(unit.name);
    this.#contract = contract;
    this.#stubs = agree(contract, unit, exportNames);
  }

  /** Has each operation on the unit's exports checked, before whoever takes them at the moment. */
  guard(unit: string, invoker: () => Invoker): () => Invoker {
    const side = this.#side(unit);
    return gated(
      invoker,
      (operation) => this.#decide(side, operation),
      ([name]) => this.#planFault(side, name),
    );
  }

  /** The exports as a plan sees them: without what is checked in the page. */
  planned<R>(unit: string, plan: (exports: never) => R): (exports: never) => R {
    const side = this.#side(unit);
    const get = (target: object, key: string | symbol): unknown => {
      // A placeholder refuses these by itself, and says why.
      const isNone = typeof key === "string" && (key === "then" || key in Object.prototype);
      const fault = isNone ? undefined : this.#planFault(side, typeof key === "string" ? key : undefined);
      if (fault) throw fault;
      return Reflect.get(target, key);
    };
    return (exports) => plan(new Proxy<object>(exports, { get }) as never);
  }

  #decide(side: CheckedSide, operation: GatedOperation): object {
    const [name = "", ...rest] = operation.path;
    const member = this.#contract.members.get(name);
    if (!member) return operation.refuse(this.#unknown(side, name));
    if (!this.#isChecked(name, member)) return operation.send();
    if (member.arguments && (operation.isRead || rest.length > 0)) return operation.refuse(callOnly(side, name));
    if (rest.length > 0) return operation.walk(this.#decide(side, operation.whole()));

    const isStub = this.#stubs.has(name);
    const send = (args: readonly unknown[]): { call: unknown } => ({
      call: isStub
        ? execute(operation.kind, { [name]: standInFor(member) }, name, [...args], false)
        : operation.send(args),
    });
    const { label } = operation;
    const finish = member.result && ((value: unknown) => finishResult(side, member, label, value, !isStub));
    const check = (args: readonly unknown[]): ReturnType<typeof checkArguments> =>
      checkArguments(side, member, label, args);
    try {
      if (operation.args.some(isRemotePromise)) {
        return operation.settle(
          withValues(operation.args, async (values) => send(await check(values))),
          finish,
        );
      }
      const args = check(operation.args);
      if (args instanceof Promise) return operation.settle(args.then(send), finish);
      const begun = send(args);
      return isStub || finish ? operation.settle(begun, finish) : (begun.call as object);
    } catch (error) {
      return operation.refuse(error);
    }
  }

  /** Why a plan may not have a member, or the whole. */
  #planFault(side: CheckedSide, name: string | undefined): Error | undefined {
    if (name === undefined) return inPlan(side, "the exports as a whole");
    const member = this.#contract.members.get(name);
    if (!member) return this.#unknown(side, name);
    return this.#isChecked(name, member) ? inPlan(side, `"${name}"`) : undefined;
  }

  #isChecked(name: string, { arguments: args, result }: ContractMember): boolean {
    return args !== undefined || result !== undefined || this.#stubs.has(name);
  }

  #unknown(side: CheckedSide, name: string): Error {
    return notInContract(side, name, [...this.#contract.members.keys()]);
  }

  #side(unit: string): CheckedSide {
    return { contract: `${this.#contract.name}@${this.#contract.version}`, side: unit, unit };
  }
}

/** @param isTheirs whether it came from the unit: then nobody gets to see what is refused, and what a schema leaves out */
async function finishResult(
  side: CheckedSide,
  member: ContractMember,
  label: string,
  value: unknown,
  isTheirs: boolean,
): Promise<unknown> {
  try {
    const checked = await checkResult(side, member, label, value);
    if (isTheirs) giveBackRest(value, checked);
    return checked;
  } catch (error) {
    if (isTheirs) giveBackRest(value);
    throw error;
  }
}

/** A schema needs the value itself. */
function isRemotePromise(value: unknown): boolean {
  return handlerOf(value) !== undefined && typeof (value as { then?: unknown }).then === "function";
}

/**
 * Does something with remote promises replaced by what they come to; other promises stay what they are. What is read of a member for
 * that, nobody else has: it is given back behind it.
 */
async function withValues<R>(args: readonly unknown[], use: (values: readonly unknown[]) => Promise<R>): Promise<R> {
  const read: unknown[] = [];
  const outcomes = await Promise.allSettled(
    args.map(async (arg) => {
      if (!isRemotePromise(arg)) return [arg];
      const value = await boxedValue(arg);
      const handler = handlerOf(arg);
      if (handler?.base !== handler) read.push(...value);
      return value;
    }),
  );
  try {
    const failed = outcomes.find((outcome) => outcome.status === "rejected");
    if (failed) throw failed.reason;
    return await use(outcomes.flatMap((outcome) => (outcome.status === "fulfilled" ? outcome.value : [])));
  } finally {
    giveBack(read);
  }
}

/** A function whose calls are checked has no value on this side: it is passed on as it is. */
async function boxedValue(promise: unknown): Promise<[unknown]> {
  try {
    return [await promise];
  } catch (error) {
    if (error instanceof LeaseholdError && error.code === "contract-call-only") return [promise];
    throw error;
  }
}
