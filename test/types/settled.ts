import type { Planned, Remote, Settled } from "../../src/remoting/types/index.js";
import type { Point, Product, Shop } from "./services.js";
import type { Planner } from "./planned.js";
import { typeOf, type Cases, type Equal, type Expect } from "./support.js";

export type Parts = [
  Expect<Equal<Settled<Planned<number>>, number>>,
  Expect<Equal<Settled<Planned<boolean>>, boolean>>,
  Expect<Equal<Settled<Planned<Point>>, Point>>,
  Expect<Equal<Settled<Planned<Product>>, Remote<Product>>>,
  Expect<Equal<Settled<Planned<Product | undefined>>, Remote<Product> | undefined>>,
  Expect<Equal<Settled<Planned<Product>[]>, Remote<Product>[]>>,
  Expect<Equal<Settled<readonly [Planned<Product>, Planned<string>, 1]>, [Remote<Product>, string, 1]>>,
  Expect<Equal<Settled<Map<string, Planned<Product>>>, Map<string, Remote<Product>>>>,
  Expect<Equal<Settled<Set<Planned<number>>>, Set<number>>>,
  Expect<
    Equal<
      Settled<{ readonly a: { readonly b: readonly Planned<number>[] }; c: string }>,
      { a: { b: number[] }; c: string }
    >
  >,
  Expect<Equal<Settled<{ call: Planned<(n: number) => string> }>, { call: Remote<(n: number) => string> }>>,
  Expect<Equal<Settled<void>, void>>,
  Expect<Equal<Settled<unknown>, unknown>>,
];

/** What is of this side stays what it is. */
export type Own = [
  Expect<Equal<Settled<Remote<Product>>, Remote<Product>>>,
  Expect<Equal<Settled<{ of: Remote<Product>; n: Planned<number> }>, { of: Remote<Product>; n: number }>>,
  Expect<Equal<Settled<Product>, Product>>,
  Expect<Equal<Settled<Date>, Date>>,
  Expect<Equal<Settled<TypeError>, TypeError>>,
  Expect<Equal<Settled<() => void>, () => void>>,
];

export const settled = {
  "a plan returns any shape": async ({ chunk }: Planner<Shop>, own: Remote<Product>) => {
    typeOf(await chunk((shop) => shop.name)).is<string>();
    typeOf(await chunk(() => {})).is<void>();
    typeOf(await chunk((shop) => [shop.name, shop.add(1, 2), shop.all(), own])).is<
      [string, number, Remote<Product>[], Remote<Product>]
    >();
    typeOf(await chunk((shop) => ({ deep: { list: [{ n: shop.add(1, 2) }] }, text: "a" as string }))).is<{
      deep: { list: [{ n: number }] };
      text: string;
    }>();
    typeOf(await chunk((shop) => new Map([["a", shop.load("a")]]))).is<Map<string, Remote<Product>>>();
    typeOf(await chunk((shop) => [1, 2, 3].map((n) => shop.add(n, n)))).is<number[]>();
  },
} satisfies Cases;
