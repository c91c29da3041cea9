import { Account, type Page } from "./page.js";

/** What all of a page shares, and a peer must not change. */
const shared: Record<string, object> = {
  "Object.prototype": Object.prototype,
  "Function.prototype": Function.prototype,
  "Array.prototype": Array.prototype,
  "Map.prototype": Map.prototype,
  "Set.prototype": Set.prototype,
  "Promise.prototype": Promise.prototype,
  "Error.prototype": Error.prototype,
  "Account.prototype": Account.prototype,
  Object,
  Function,
  Array,
  Promise,
  Error,
  Account,
};

const before = new Map(Object.entries(shared).map(([name, object]) => [name, describe(object)]));
const global = globalThis as { hostile?: unknown };

/** Remembers a page as it is; the function that it returns makes sure that nobody has changed it, or run what a peer sent. */
export function watchPage(page: Page): () => void {
  const members = { ...page };
  const inner = { ...page.inner };
  return () => {
    const keys = Object.keys(page);
    if (keys.length !== Object.keys(members).length) throw new Error(`The page's object has ${keys.join()}.`);
    for (const [name, member] of Object.entries(members)) {
      if (page[name as keyof Page] !== member) throw new Error(`The page's ${name} was replaced.`);
    }
    if (page.list.join() !== "1,2,3" || [...page.map].join() !== "key,1")
      throw new Error("The page's data was changed.");
    if (page.inner.twice !== inner.twice) throw new Error("The page's inner function was replaced.");
  };
}

/** Makes sure that nobody has changed what all share, nor run what a peer sent. */
export function checkShared(): void {
  if (global.hostile !== undefined) throw new Error("What a peer sent was run.");
  for (const [name, object] of Object.entries(shared)) {
    const was = before.get(name) as Part[];
    const is = describe(object);
    if (is.length !== was.length || is.some(([key, value], at) => key !== was[at]?.[0] || value !== was[at]?.[1])) {
      throw new Error(`${name} was changed.`);
    }
  }
}

type Part = [key: PropertyKey, value: unknown];

function describe(object: object): Part[] {
  return Reflect.ownKeys(object).map((key) => {
    const { value, get } = Object.getOwnPropertyDescriptor(object, key) as PropertyDescriptor;
    return [key, get ?? value];
  });
}
