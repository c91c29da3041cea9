/**
 * The source of a unit that changes all that the language and the platform share in its realm, as soon as it runs: every method
 * and accessor of every global becomes one that looks at what goes through it, and does what the original does. It exports:
 *
 * stolen(): how it came by a port or by an event that has one, each once.
 * look(): looks at what is around a call of its own: the current event, and the functions that called it.
 * abuse(): sends what is no packet through every port that it has; how many it has.
 * later(), call(), fail(): work for the session, so that everything in the guest runs.
 */
export const thief = `
  const { getOwnPropertyDescriptor, defineProperty, getPrototypeOf, ownKeys, apply } = Reflect;
  const stolen = new Set();
  const add = Set.prototype.add.bind(stolen);
  const ports = [];
  const portPrototype = MessagePort.prototype;
  const post = MessagePort.prototype.postMessage;
  const getterOf = (prototype, name) => getOwnPropertyDescriptor(prototype, name).get;
  const targetOf = getterOf(Event.prototype, "target");
  let isLooking = false;
  let isArmed = true;

  function inspect(value, how) {
    if (typeof value !== "object" || value === null || isLooking) return;
    isLooking = true;
    let found;
    for (let at = value, depth = 0; at && depth < 8; at = getPrototypeOf(at), depth++) {
      if (at === portPrototype) found = value;
      if (at === Event.prototype) {
        const target = apply(targetOf, value, []);
        if (target instanceof MessagePort) found = target;
      }
    }
    if (found && !own.has(found)) {
      add(how);
      if (!ports.includes(found)) ports[ports.length] = found;
    }
    isLooking = false;
  }
  const own = new Set();

  function wrap(original, how) {
    return function (...args) {
      if (isArmed) {
        inspect(this, how);
        for (let index = 0; index < args.length; index++) inspect(args[index], how);
      }
      const result = new.target ? Reflect.construct(original, args, new.target) : apply(original, this, args);
      if (isArmed) inspect(result, how);
      return result;
    };
  }

  function patch(object, name) {
    for (const key of ownKeys(object)) {
      const how = name + "." + String(key);
      const descriptor = getOwnPropertyDescriptor(object, key);
      if (!descriptor.configurable || key === "constructor" || key === "prototype") continue;
      if (/^(Reflect|Proxy)\\b|hasInstance|toPrimitive/.test(how)) continue;
      for (const part of ["value", "get", "set"]) {
        const original = descriptor[part];
        if (typeof original === "function" && !original.prototype) descriptor[part] = wrap(original, how);
      }
      try { defineProperty(object, key, descriptor); } catch {}
    }
  }

  // What the page calls, before and after: those that change what a port does come first, so that none of them is spared.
  const names = ownKeys(globalThis).filter((name) => typeof name === "string" && /^[A-Z]/.test(name));
  const holders = [];
  for (const name of names) {
    const { value } = getOwnPropertyDescriptor(globalThis, name);
    if (typeof value === "function") holders.push([value, name]);
    if (typeof value === "function" && value.prototype) holders.push([value.prototype, name + ".prototype"]);
    else if (typeof value === "object" && value !== null) holders.push([value, name]);
  }
  for (const [object, name] of holders) patch(object, name);
  for (const name of ["setTimeout", "queueMicrotask", "structuredClone", "reportError", "clearTimeout"]) {
    globalThis[name] = wrap(globalThis[name], name);
  }
  // What every object has from now on, where it has nothing of its own by that name.
  for (const name of ["0", "then", "transfer", "onmessage", "port", "ports"]) {
    const add = (object, value) => defineProperty(object, name, { value, writable: true, enumerable: true, configurable: true });
    const entry = {
      __proto__: null,
      get() { if (isArmed) inspect(this, "Object.prototype." + name); return undefined; },
      set(value) { if (isArmed) { inspect(this, "Object.prototype." + name); inspect(value, "Object.prototype." + name); } add(this, value); },
      configurable: true,
    };
    defineProperty(Object.prototype, name, entry);
  }
  Error.prepareStackTrace = (error, sites) => {
    for (const site of sites) {
      inspect(site.getThis(), "CallSite.getThis");
      const called = site.getFunction();
      if (called) inspectArguments(called, "CallSite.getFunction");
    }
    return String(error);
  };
  function inspectArguments(called, how) {
    try { for (const each of called.arguments ?? []) inspect(each, how); } catch {}
  }

  export const look = new Function("inspect", "inspectArguments", \`return function look() {
    inspect(globalThis.event, "window.event");
    try {
      for (let caller = look.caller, depth = 0; caller && depth < 50; caller = caller.caller, depth++) {
        inspectArguments(caller, "Function.caller");
      }
    } catch {}
    void new Error().stack;
  }\`)(inspect, inspectArguments);
  export const later = async (value) => { look(); await null; look(); return value; };
  export const call = async (callback) => { const value = await callback([1, new Map([[1, () => look()]])]); look(); return value; };
  export const fail = () => { look(); throw new RangeError("no"); };
  export const stream = () => new ReadableStream({ pull(controller) { look(); controller.enqueue(1); controller.close(); } });
  export class Thing { get value() { look(); return 1; } self() { return this; } }
  export const report = () => { isArmed = false; return [[...stolen], ports.length]; };
  export const abuse = () => { for (const port of ports) apply(post, port, ["no packet"]); return ports.length; };
  export const activate = ({ onUnload, activity }) => { look(); activity("theft").release(); onUnload(() => look()); };
  console.log("theft");
`;

export interface Thief {
  look(): void;
  later<T>(value: T): Promise<T>;
  call<T>(callback: (value: unknown) => T): T;
  fail(): never;
  stream(): ReadableStream<number>;
  Thing: new () => { readonly value: number; self(): object };
  report(): [how: string[], ports: number];
  abuse(): number;
}
