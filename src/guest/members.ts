/** What every object and every function has. */
const shared = new Set<object | null>([null, Object.prototype, Function.prototype]);
/** What nobody means by a member. */
const UNNAMED = ["constructor", "prototype", "__proto__"];
const OF_FUNCTIONS = new Set<PropertyKey>(["length", "name", "arguments", "caller"]);

/** The members of an object by name, its own and what it inherits from classes, the nearest first; no getter is run. */
export function membersOf(object: object): Map<string, PropertyDescriptor> {
  const members = new Map<string, PropertyDescriptor>();
  for (let at: object | null = object; !shared.has(at); at = Object.getPrototypeOf(at) as object | null) {
    for (const key of Reflect.ownKeys(at as object)) {
      const name = typeof key === "symbol" ? `[${key.description}]` : key;
      const descriptor = Object.getOwnPropertyDescriptor(at, key);
      if (!descriptor || members.has(name) || UNNAMED.includes(name) || isBuiltIn(at, key, descriptor)) continue;
      members.set(name, descriptor);
    }
  }
  return members;
}

/** The members of what a class or a constructor makes. */
export function membersOfInstances(value: object): Map<string, PropertyDescriptor> {
  const prototype: unknown = Object.getOwnPropertyDescriptor(value, "prototype")?.value;
  return typeof value === "function" && typeof prototype === "object" && prototype !== null
    ? membersOf(prototype)
    : new Map<string, PropertyDescriptor>();
}

/** What the engine gives every function itself; a class may have a member of its own by such a name. */
function isBuiltIn(owner: unknown, key: PropertyKey, { writable, enumerable }: PropertyDescriptor): boolean {
  return typeof owner === "function" && OF_FUNCTIONS.has(key) && writable === false && !enumerable;
}
