import type { Remote, RemoteInstance, RemotePromise } from "../../src/remoting/types/index.js";
import type { Planner } from "./planned.js";
import type { Pair, Point, Product, Shop } from "./services.js";
import { typeOf, type Any, type Cases, type Equal, type Expect } from "./support.js";

interface Overloaded {
  two(value: string): number;
  two(value: number): Point;
  three(): string;
  three(value: string): number;
  three(value: string, other: Date): Product;
  four(value: string): string;
  four(value: number): number;
  four(value: Date): Date;
  four(value: bigint): bigint;
}

interface Generic {
  echo<T>(value: T): T;
  pick<K extends "x" | "y">(from: Point, key: K): number;
  all<A extends number[]>(...values: A): A;
}

interface Loaded<T> extends Planner<T> {
  readonly exports: Remote<T>;
}

interface Marked {
  (text: string): number;
  readonly version: string;
}

export const remotes = {
  "a method is called, and answers with a remote promise": async (shop: Remote<Shop>) => {
    typeOf(shop.add(1, 2)).is<RemotePromise<number>>();
    typeOf(await shop.add(1, 2)).is<number>();
    typeOf(shop.load("a")).is<RemotePromise<Product>>();
    typeOf(await shop.load("a")).is<Remote<Product>>();
    // @ts-expect-error one argument is missing
    shop.add(1);
    // @ts-expect-error the second argument is no number
    shop.add(1, "2");
    // @ts-expect-error there is one argument too many
    shop.add(1, 2, 3);
    // @ts-expect-error there is no such member
    shop.subtract(1, 2);
  },

  "optional and rest parameters stay what they are": async (shop: Remote<Shop>) => {
    typeOf(await shop.greet()).is<string>();
    typeOf(await shop.greet(undefined)).is<string>();
    typeOf(await shop.sum(1, 2, 3, 4)).is<number>();
    // @ts-expect-error every one has to be a number
    shop.sum(1, 2, "3");
  },

  "a this parameter is dropped": async (remote: Remote<{ read(this: Product, at: number): string }>) =>
    typeOf(await remote.read(1)).is<string>(),

  "a data member is a promise, into which one can walk": async (shop: Remote<Shop>) => {
    typeOf(shop.name).is<RemotePromise<string>>();
    typeOf(await shop.name).is<string>();
    typeOf(await shop.owner.address.city).is<string>();
    typeOf(await shop.owner).is<{ name: string; address: { city: string } }>();
    typeOf(await shop.motto).is<string | undefined>();
    // @ts-expect-error the value is on the other side
    shop.name.toUpperCase();
  },

  "a member that is a function can be called and awaited": async (shop: Remote<Shop>) => {
    typeOf(shop.add).is<RemotePromise<(left: number, right: number) => number>>();
    typeOf(await shop.add).is<Remote<(left: number, right: number) => number>>();
    typeOf(await (await shop.add)(1, 2)).is<number>();
  },

  "an optional method can be called": async (shop: Remote<Shop>) => typeOf(await shop.later()).is<number>(),

  "nothing can be assigned": (shop: Remote<Shop>) => {
    // @ts-expect-error members are readonly
    shop.add = shop.sum;
  },

  "overloads are kept, up to four": async (remote: Remote<Overloaded>) => {
    typeOf(await remote.two("a")).is<number>();
    typeOf(await remote.two(1)).is<Point>();
    typeOf(await remote.three()).is<string>();
    typeOf(await remote.three("a")).is<number>();
    typeOf(await remote.three("a", new Date())).is<Remote<Product>>();
    typeOf(await remote.four("a")).is<string>();
    typeOf(await remote.four(1)).is<number>();
    typeOf(await remote.four(new Date())).is<Date>();
    typeOf(await remote.four(1n)).is<bigint>();
    // @ts-expect-error no overload takes this
    remote.four(true);
  },

  "a generic function can be called, its type parameters being their constraints": async (remote: Remote<Generic>) => {
    typeOf(await remote.echo("a")).is<unknown>();
    typeOf(await remote.pick({ x: 1, y: 2 }, "x")).is<number>();
    typeOf(await remote.all(1, 2)).is<number[]>();
    // @ts-expect-error the constraint is kept
    remote.pick({ x: 1, y: 2 }, "z");
  },

  "a class is constructed, and its static members are there": async (remote: Remote<typeof Product>) => {
    typeOf(new remote("a")).is<RemoteInstance<Product>>();
    typeOf(await new remote("a", 2)).is<Remote<Product>>();
    typeOf(await new remote("a").reviews()).is<{ text: string; stars: number; at: Date }[]>();
    typeOf(await remote.count).is<number>();
    typeOf(await remote.parse("a")).is<Remote<Product>>();
    // @ts-expect-error a number is no article number
    new remote(1);
    // @ts-expect-error a class cannot be called
    remote("a");
  },

  "a class that is a member is constructed at once": async (shop: Remote<Shop>) => {
    typeOf(await new shop.Product("a").title).is<string>();
    typeOf(await shop.Product.parse("a").title).is<string>();
  },

  "an instance is a remote even when its class has no methods": async (shop: Remote<Shop>) => {
    typeOf(await new shop.Pair(1, 2)).is<Remote<Pair>>();
    typeOf(await (await new shop.Pair(1, 2)).left).is<number>();
    typeOf(await new shop.Pair(1, 2).left).is<number>();
  },

  "an abstract class is not constructed": (shop: Remote<Shop>) => {
    // @ts-expect-error Shape is abstract
    new shop.Shape();
  },

  "constructors have overloads too": async (remote: Remote<{ new (at: string): Point; new (at: number): Product }>) => {
    typeOf(await new remote("a")).is<Remote<Point>>();
    typeOf(await new remote(1)).is<Remote<Product>>();
  },

  "a function has its own members": async (remote: Remote<Marked>) => {
    typeOf(await remote("a")).is<number>();
    typeOf(await remote.version).is<string>();
  },

  "private and protected members are not there": (product: Remote<Product>) => {
    // @ts-expect-error it is protected
    product.secret;
  },

  "a remote is disposable": (shop: Remote<Shop>) => {
    using held = shop;
    typeOf(held[Symbol.dispose]()).is<void>();
  },

  "a remote is not thenable, whatever it is the remote of": async (
    shop: Remote<Shop>,
    strange: Remote<{ then(): void; constructor: string; prototype: string; catch(): number; own: string }>,
  ) => {
    typeOf(await shop).is<Remote<Shop>>();
    // @ts-expect-error it could not be returned from an async function
    strange.then;
    // @ts-expect-error the way to code is closed
    strange.prototype;
    typeOf(await strange.own).is<string>();
  },

  "what can be iterated over there can be iterated here": async (
    list: Remote<Iterable<Product>>,
    stream: Remote<AsyncIterable<Point>>,
    iterator: Remote<Iterator<string>>,
    later: Remote<AsyncIterator<number>>,
    generator: Remote<Generator<number, string>>,
    shop: Remote<Shop>,
  ) => {
    for await (const product of list) typeOf(product).is<Remote<Product>>();
    for await (const point of stream) typeOf(point).is<Point>();
    for await (const text of iterator) typeOf(text).is<string>();
    for await (const count of later) typeOf(count).is<number>();
    for await (const count of generator) typeOf(count).is<number>();
    const { done, value } = await generator.next();
    typeOf({ done, value }).is<{ done: boolean | undefined; value: string | number }>();
    // @ts-expect-error it is iterated asynchronously
    for (const product of list) typeOf(product);
    // @ts-expect-error a shop is no iterable
    for await (const product of shop) typeOf(product);
  },

  "a module whose members are not known has members, of which nothing is known": async (
    remote: Remote<Record<string, unknown>>,
  ) => {
    typeOf(await remote["any name"]).is<unknown>();
    // @ts-expect-error it may be no function
    remote["any name"]!();
  },

  "who takes a module of which nothing is known takes any": (remote: Remote<Shop>, unit: Loaded<Shop>) => {
    const unknown: Remote<Record<string, unknown>> = remote;
    const loaded: Loaded<Record<string, unknown>> = unit;
    return [unknown, loaded];
  },

  "named members stay beside an index signature": async (
    remote: Remote<{ [name: string]: unknown; add(a: number): number }>,
  ) => {
    typeOf(await remote.add(1)).is<number>();
    typeOf(await remote.other).is<unknown>();
  },

  "any is any, and unknown can only be let go": (something: Remote<unknown>) => {
    something[Symbol.dispose]();
    // @ts-expect-error nothing is known of it
    something.member;
  },
} satisfies Cases;

export type AnyRemote = Expect<Equal<Remote<Any>, Any>>;

/** Function has a member of that name, which the compiler adds to whatever can be called; it is none of the remote's. */
export type NoPrototype = Expect<Equal<Extract<keyof Remote<typeof Product>, "prototype">, never>>;
