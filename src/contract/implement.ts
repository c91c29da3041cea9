import { LeaseholdError } from "../errors.js";
import { giveBackRest, isClass } from "../remoting/index.js";
import { checkArguments, checkResult, isThenable } from "./check.js";
import type { CheckedSide } from "./schema-failed.js";
import { standInFor } from "./stand-in.js";
import type { Contract, ContractMember } from "./types.js";

/**
 * The members of a contract, as an object has them, with checks around them. Data is read of the object each time.
 * @throws LeaseholdError "ContractError" (`contract-member-missing`)
 */
export function implementContract(contract: Contract, object: object, name: string): object {
  const title = `${contract.name}@${contract.version}`;
  const side: CheckedSide = { contract: title, side: name };
  const facade = Object.create(null) as object;
  for (const [key, member] of contract.members) {
    const isThere = key in object;
    if (!isThere && !("default" in member)) throw missing(side, key, member);
    const read = (): unknown => (isThere ? Reflect.get(object, key) : standInFor(member));
    const value = read();
    if (typeof value !== "function" && member.arguments) throw missing(side, key, member);
    Object.defineProperty(facade, key, {
      enumerable: true,
      ...(typeof value === "function"
        ? { value: checkedFunction(side, key, member, value as Implementer, isThere ? object : undefined) }
        : { get: () => checkResult(side, member, key, read()) }),
    });
  }
  return facade;
}

type Implementer = (...args: unknown[]) => unknown;

function checkedFunction(
  side: CheckedSide,
  key: string,
  member: ContractMember,
  implementer: Implementer,
  self: object | undefined,
): Implementer {
  const perform = (args: readonly unknown[], isNew: boolean): unknown =>
    isNew ? Reflect.construct(implementer, args) : Reflect.apply(implementer, self, args);
  // A function, and no arrow: it may be a class that it stands for.
  const checked = function (this: unknown, ...args: unknown[]): unknown {
    const isNew = new.target !== undefined;
    const label = isNew ? `new ${key}()` : `${key}()`;
    const finish = (result: unknown): unknown => checkResult(side, member, label, result);
    const begin = (values: readonly unknown[]): unknown => {
      giveBackRest(args, values);
      const result = perform(values, isNew);
      return member.result && isThenable(result) ? result.then(finish) : finish(result);
    };
    const refuse = (error: unknown): never => {
      giveBackRest(args);
      throw error;
    };
    let values: ReturnType<typeof checkArguments>;
    try {
      values = checkArguments(side, member, label, args);
    } catch (error) {
      return refuse(error);
    }
    return values instanceof Promise ? values.then(begin, refuse) : begin(values);
  };
  const isBare = member.arguments === undefined && member.result === undefined && isClass(implementer);
  return isBare ? implementer : checked;
}

function missing({ contract, side }: CheckedSide, key: string, { since }: ContractMember): LeaseholdError {
  const age = since === undefined ? "from its first version on" : `since ${since}`;
  const message =
    `The object by which ${side} implements contract ${contract} lacks "${key}", or has it as something else; the contract has ` +
    `it ${age}. Add it to the object, or a default for it to the contract.`;
  return new LeaseholdError("ContractError", "contract-member-missing", message);
}
