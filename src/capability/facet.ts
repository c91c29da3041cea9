import { FORBIDDEN, handlerOf, isShared } from "../remoting/index.js";

/** Sees to each use of a facet: runs it, and returns what it returns. */
export type Use = (member: string, args: unknown[], act: () => unknown) => unknown;

/**
 * What a unit gets of a service: a frozen object without a prototype, which has the members that the service has itself and that its
 * classes declare, as they are at this moment; nothing of `Object`, nothing with a symbol for a name. Methods are called on
 * the service; what is no method is read anew each time, and cannot be assigned to.
 *
 * A remote, say the exports of another unit, is its own facet: what it has is known on its other side alone.
 */
export function createFacet(service: object, use: Use): object {
  if (handlerOf(service)) return service;
  const isFunction = typeof service === "function";
  const facet = isFunction ? facetOf("", service, undefined, use) : (Object.create(null) as object);
  for (const [name, { value }] of membersOf(service)) {
    const isMethod = typeof value === "function";
    Object.defineProperty(facet, name, {
      ...(isMethod
        ? { value: facetOf(name, value as object, service, use) }
        : { get: () => use(name, [], () => Reflect.get(service, name) as unknown) }),
      enumerable: true,
    });
  }
  return Object.freeze(facet);
}

/** A getter among them is not run to find out what it gives. */
function membersOf(service: object): Map<string, PropertyDescriptor> {
  const members = new Map<string, PropertyDescriptor>();
  let of: object | null = service;
  for (; of !== null && !isShared(of); of = Object.getPrototypeOf(of) as object | null) {
    for (const [name, descriptor] of Object.entries(Object.getOwnPropertyDescriptors(of))) {
      // Of a function, what its author has put on it: its own name and length say nothing.
      const isHidden = FORBIDDEN.has(name) || (typeof service === "function" && !descriptor.enumerable);
      if (!isHidden && !members.has(name)) members.set(name, descriptor);
    }
    if (typeof service === "function") break;
  }
  return members;
}

/** Of a method; it can be constructed where the original can. */
function facetOf(name: string, original: object, service: object | undefined, use: Use): object {
  if (handlerOf(original)) return original;
  const target = original as (...args: unknown[]) => unknown;
  const call = (...args: unknown[]): unknown => use(name, args, () => Reflect.apply(target, service, args));
  if (!Object.hasOwn(target, "prototype")) return call;
  return function (...args: unknown[]): unknown {
    return new.target ? use(name, args, () => Reflect.construct(target, args) as unknown) : call(...args);
  };
}
