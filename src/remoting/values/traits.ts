import { handlerOf } from "../calls/handler.js";
import { Trait } from "../wire/protocol.js";
import { isClass } from "./is-class.js";

/** Longest name that is sent along, and taken; it is for people. */
export const LONGEST_NAME = 100;

/** What something is that crosses by reference, as bits of `Trait`. */
export function traitsOf(value: object): number {
  const handler = handlerOf(value);
  if (handler) return handler.traits;
  if (typeof value === "function") return isClass(value) ? Trait.class : 0;
  const { next } = value as { next?: unknown };
  return (
    Trait.object |
    (Symbol.asyncIterator in value ? Trait.asyncIterable : 0) |
    (Symbol.iterator in value ? Trait.iterable : 0) |
    (typeof next === "function" ? Trait.iterator : 0)
  );
}

/** By what name a person knows something: its own, or its class's. */
export function nameOfThing(value: object): string {
  const handler = handlerOf(value);
  if (handler) return handler.name;
  const named = typeof value === "function" ? value : (value as { constructor?: unknown }).constructor;
  const name: unknown = typeof named === "function" ? named.name : "";
  return typeof name === "string" ? name.slice(0, LONGEST_NAME) : "";
}
