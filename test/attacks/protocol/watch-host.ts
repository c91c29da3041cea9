type Part = [place: string, value: unknown];

/** What all of the page's code shares: every own property of every global, of its prototype, and of the global object itself. */
function shared(): Part[] {
  const parts: Part[] = [];
  const add = (object: object, name: string): void => {
    for (const key of Reflect.ownKeys(object)) {
      // Frames come and go.
      if (object === globalThis && typeof key === "string" && /^\d+$/.test(key)) continue;
      const { value, get, set } = Reflect.getOwnPropertyDescriptor(object, key) ?? {};
      // What reads the state of the window, like its name, is an accessor: compared as such, and not fired.
      // WebKit makes a list that nobody can change anew for each who reads it.
      const content: unknown = Array.isArray(value) && Object.isFrozen(value) ? value.join() : value;
      parts.push([`${name}.${String(key)}`, get ?? content], [`${name}.${String(key)} (set)`, set]);
    }
    parts.push([`what ${name} inherits`, Object.getPrototypeOf(object)]);
  };
  add(globalThis, "globalThis");
  for (const key of Reflect.ownKeys(globalThis)) {
    if (typeof key !== "string" || !/^[A-Z]/.test(key)) continue;
    const { value } = Reflect.getOwnPropertyDescriptor(globalThis, key) as PropertyDescriptor;
    if (typeof value !== "function" && (typeof value !== "object" || value === null)) continue;
    add(value as object, key);
    const { prototype } = value as { prototype?: object | null };
    if (typeof prototype === "object" && prototype !== null) add(prototype, `${key}.prototype`);
  }
  return parts;
}

/**
 * Remembers the page's realm as it is; the function that it returns makes sure that nothing in it is new, changed or gone.
 * @throws with the places that are not as they were
 */
export function watchHost(): () => void {
  const before = new Map(shared());
  return () => {
    const now = new Map(shared());
    const changed = [...now].filter(([place, value]) => !before.has(place) || !Object.is(before.get(place), value));
    const gone = [...before.keys()].filter((place) => !now.has(place));
    const places = [...changed.map(([place]) => place), ...gone];
    if (places.length > 0) throw new Error(`The page is not as it was: ${places.slice(0, 20).join(", ")}.`);
  };
}

/** In a `describe`: makes sure after each of its tests that the page's realm is as it was before. */
export function leavesHostAsItWas(): void {
  let check: () => void;
  beforeEach("looks at what the page shares", () => void (check = watchHost()));
  afterEach("finds it as it was", () => check());
}
