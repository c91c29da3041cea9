import { proxy } from "../remoting/index.js";
import { checkDefinition } from "./check-definition.js";
import { implementContract } from "./implement.js";
import type {
  Contract,
  ContractDefinition,
  ContractMember,
  Implementation,
  MemberDefinition,
  Members,
} from "./types.js";

/**
 * Defines what a unit and its host agree on: a name, a version, and members. `load(source, { contract })` then lets only units
 * through that implement it, and checks what goes to them and what comes from them.
 * @throws LeaseholdError "ContractError" (`contract-invalid`) that names the member and what is wrong with it
 */
export function defineContract<M extends Record<string, MemberDefinition>>(
  definition: ContractDefinition<M>,
): Contract<Members<M>> {
  return new DefinedContract<Members<M>>(checkDefinition(definition));
}

/** Whether something was made by `defineContract`. */
export function isContract(value: unknown): value is Contract {
  return value instanceof DefinedContract;
}

class DefinedContract<T extends object> implements Contract<T> {
  readonly name: string;
  readonly version: string;
  readonly members: ReadonlyMap<string, ContractMember>;

  constructor({ name, version, members }: Pick<Contract, "name" | "version" | "members">) {
    this.name = name;
    this.version = version;
    this.members = members;
    Object.freeze(this);
  }

  implement(object: Implementation<T>, side = "the page"): T {
    return Object.freeze(proxy(implementContract(this, object, side))) as unknown as T;
  }
}
