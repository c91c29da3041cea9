import { LeaseholdError } from "../errors.js";
import type { Mirror } from "../remoting/index.js";
import { describeExports, kindOf } from "./describe-exports.js";
import { findPlace, stepsOf, type Place } from "./find-place.js";

/**
 * Shows a unit's exports to the host, as what they are rather than what they do.
 * @param assign assigns to an exported variable; false where it cannot be
 */
export function createMirror(unit: string, exports: object, assign: (name: string, value: unknown) => boolean): Mirror {
  const check = (name: string): void => {
    if (!Object.hasOwn(exports, name)) findPlace(unit, exports, [name]);
  };
  return {
    describe: () => describeExports(exports),
    locate(path) {
      const { steps, member } = findPlace(unit, exports, stepsOf(path));
      return { path: steps, kind: kindOf(member.value) };
    },
    resolve: (path) => valueAt(findPlace(unit, exports, stepsOf(path))),
    check,
    read(name) {
      check(name);
      return (exports as Record<string, unknown>)[name];
    },
    write(name, value) {
      check(name);
      if (assign(name, value)) return;
      const message =
        `"${name}" of ${unit} cannot be assigned to: it is no variable, but a constant, a function, a class, a default, or another ` +
        `module's namespace. Declare it with "let" in the unit, or export a function that sets it.`;
      throw new LeaseholdError("ContractError", "read-only", message, { unit });
    },
  };
}

/** What is there, so that it can be used without its owner; only a member of instances still needs one, as its first argument. */
function valueAt({ owner, steps, member: { value, get }, isOfInstances }: Place): unknown {
  if (isOfInstances && (get ?? kindOf(value) === "function")) {
    const method = (get ?? value) as () => unknown;
    return (instance: unknown, ...args: never[]): unknown => Reflect.apply(method, instance, args);
  }
  if (get) return Reflect.apply(get, owner, []);
  return steps.length > 1 && kindOf(value) === "function" ? (value as () => unknown).bind(owner) : (value as unknown);
}
