import { LeaseholdError } from "../errors.js";

/** What throws as soon as it is read, or assigned to. */
const refused = ["localStorage", "sessionStorage", "document.cookie"];

/** What a stand-in takes the place of. Buckets are another door to the same rooms. */
const replaced = [
  "indexedDB",
  "caches",
  "cookieStore",
  "BroadcastChannel",
  "SharedWorker",
  "navigator.serviceWorker",
  "navigator.locks",
  "navigator.storage",
  "navigator.storageBuckets",
];

/**
 * Keeps a unit from what all of an origin shares, because it would outlive the unit: storage, channels, locks, shared and service
 * workers. What the engine does not have here stays absent.
 *
 * In a frame and in a worker the origin is opaque, so the platform keeps it from the page's anyhow; here it gets one error for
 * all, which says what to do. A realm has the page's own origin, and `parent`: there it is a courtesy to trusted code, which
 * would leave something behind unawares, and no security boundary.
 *
 * @param nameOfUnit for messages; a domain is closed like this before it is known for whom it will be, as that takes its time
 */
export function denyStatics(nameOfUnit: () => string): void {
  const denial = (path: string) => (): never => {
    const unit = nameOfUnit();
    const message =
      `${unit} reached for ${path}, which its whole origin shares and which would outlive the unit. ` +
      "Have what it needs passed as an argument, or ask the host for a capability.";
    throw new LeaseholdError("NotSupportedError", "no-shared-state", message, { unit });
  };
  // As the platform's own do in an opaque origin. It is reading them that libraries guard: with a stand-in, they would only
  // find out where nothing is guarded any more.
  for (const path of refused) redefine(path, { get: denial(path), set: denial(path) });
  for (const path of replaced) redefine(path, { value: standInFor(path, denial(path)), writable: true });
}

/** Redefines a property wherever it is, which may be a prototype, so that nobody comes by the original there. */
function redefine(path: string, descriptor: PropertyDescriptor): void {
  const [name = "", holder] = path.split(".").reverse();
  let owner = (holder ? Reflect.get(globalThis, holder) : globalThis) as object | null | undefined;
  for (; owner; owner = Object.getPrototypeOf(owner) as object | null) {
    if (Object.hasOwn(owner, name)) Reflect.defineProperty(owner, name, descriptor);
  }
}

/** Something that may be looked at, and its members, too, as who looks for a feature does; but neither called nor constructed. */
function standInFor(path: string, deny: () => never): object {
  const handler: ProxyHandler<object> = {
    apply: deny,
    construct: deny,
    set: deny,
    // Symbols are how the language looks at things: instanceof, for one.
    get: (target, key) => (typeof key === "symbol" ? (Reflect.get(target, key) as unknown) : member),
  };
  const member = new Proxy(function () {}, handler);
  return /^[A-Z]/.test(path) ? member : new Proxy({}, handler);
}
