import { oddValue } from "./odd-values.js";

/** What is done to one place of a message, by numbers that a test can make smaller. */
export interface Mutation {
  /** Which place: one of all those that there are in the message. */
  place: number;
  /** What is done there. */
  act: number;
  value: number;
}

const ACTS = 9;

interface Place {
  container: unknown[] | Record<string, unknown>;
  key: number | string;
}

/** A message like another, but for what the mutations do. The original is left alone. */
export function mutate(original: unknown, mutations: readonly Mutation[]): unknown {
  const root = [structuredClone(original)];
  for (const { place, act, value } of mutations) {
    const places = placesIn(root);
    if (places.length === 0) break;
    // The message as a whole is one place of many.
    const { container, key } = places[place % places.length] as Place;
    change(container, key, act % ACTS, value, places);
  }
  return root[0];
}

function change(container: Place["container"], key: number | string, act: number, value: number, all: Place[]): void {
  const list = Array.isArray(container) ? container : undefined;
  const own = container as Record<string, unknown>;
  const at = Number(key);
  const other = all[value % all.length] as Place;
  const there = (other.container as Record<string, unknown>)[other.key];
  switch (act) {
    case 0:
    case 1:
      own[key] = oddValue(value);
      break;
    case 2:
      if (list) list.splice(at, 1);
      else delete own[key];
      break;
    case 3:
      list?.splice(at, 0, list[at]);
      break;
    case 4:
      list?.splice(at, 0, oddValue(value));
      break;
    case 5:
      // Exchanged with another place, perhaps one inside.
      (other.container as Record<string, unknown>)[other.key] = own[key];
      own[key] = there;
      break;
    case 6:
      // The very same thing in two places.
      own[key] = there;
      break;
    case 7:
      if (typeof own[key] === "number") own[key] += [1, -1, 2, 16, 0.5, 2 ** 20][value % 6] as number;
      else own[key] = [own[key]];
      break;
    case 8:
      if (list) list.length = Math.min(list.length, value % (list.length + 1));
      break;
  }
}

/** Every place in a message, containers before what is in them. */
function placesIn(root: unknown[]): Place[] {
  const places: Place[] = [];
  const seen = new Set<unknown>();
  const walk = (container: Place["container"]): void => {
    if (seen.has(container) || places.length > 500) return;
    seen.add(container);
    for (const name of Object.keys(container)) {
      const key = Array.isArray(container) ? Number(name) : name;
      places.push({ container, key });
      const part = (container as Record<string, unknown>)[name];
      if (isOpen(part)) walk(part);
    }
  };
  walk(root);
  return places;
}

function isOpen(value: unknown): value is Place["container"] {
  if (typeof value !== "object" || value === null) return false;
  return Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype;
}
