import type { RemoteOf } from "./brands.js";
import type { Primitive, Refused } from "./kinds.js";

/**
 * What can be reached by name in a value that is still over there. Of the built-in containers these are the members that
 * read and take no callback: a callback would be called across the boundary, once for each item. Of a union it is a union.
 */
export type Walkable<V> = V extends Primitive
  ? V extends string
    ? Text
    : never
  : V extends RemoteOf<infer T>
    ? T
    : V extends readonly unknown[]
      ? number extends V["length"]
        ? List<V[number]>
        : Pick<V, Extract<keyof V, `${number}` | "length">>
      : V extends Refused
        ? V
        : V extends ReadonlyMap<infer K, infer X>
          ? Pick<ReadonlyMap<K, X>, "size" | "get" | "has" | "keys" | "values" | "entries">
          : V extends ReadonlySet<infer X>
            ? Pick<ReadonlySet<X>, "size" | "has" | "values">
            : V;

interface Text {
  readonly length: number;
}

interface List<X> {
  readonly [index: number]: X;
  readonly length: number;
  at(index: number): X | undefined;
  slice(start?: number, end?: number): X[];
  includes(item: X): boolean;
  indexOf(item: X): number;
  join(separator?: string): string;
}

/** No remote shows these: they lead to code or to what all objects share. */
export type Forbidden = "constructor" | "prototype" | "__proto__";

/** The names of members that are reached over there; of a union, those of any of it. */
export type NameIn<W, Hidden> = W extends unknown ? Exclude<keyof W, symbol | Hidden> : never;

/** A member's value; `undefined` is among it when the member is in a part of the union only. */
export type ValueIn<W, Name> = W extends unknown ? (Name extends keyof W ? W[Name] : undefined) : never;
