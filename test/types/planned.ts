import type { Planned, Remote, RemotePromise, Settled, Synchronous } from "../../src/remoting/types/index.js";
import type { Pair, Point, Product, Review, Shop, Tree } from "./services.js";
import { typeOf, type Cases } from "./support.js";

export interface Planner<T> {
  chunk<const R>(plan: (remote: Planned<T>) => Synchronous<R>): Promise<Settled<R>>;
}

interface Library {
  matrix(): number[][];
  frozen(): readonly Product[];
  tags(): Set<string>;
  ids(): Iterable<string>;
  count(): number;
  isOpen(): boolean;
  title(): string;
  accept(value: { at: Point; of: Product[]; by: Map<string, number> }): void;
  label(text: string): string;
  flag(on: boolean): void;
  over(value: string): number;
  over(value: number): Point;
  anything(value: unknown): void;
}

export const plans = {
  "calls and members look as if they were local": ({ chunk }: Planner<Shop>) =>
    chunk((shop) => {
      typeOf(shop.add(1, 2)).is<Planned<number>>();
      typeOf(shop.load("a")).is<Planned<Product>>();
      typeOf(shop.load("a").title).is<Planned<string>>();
      typeOf(shop.find("a").related.related.title).is<Planned<string>>();
      typeOf(shop.owner.address.city).is<Planned<string>>();
      typeOf(shop.later()).is<Planned<number>>();
      typeOf(shop.Product.parse("a").title).is<Planned<string>>();
      typeOf(new shop.Product("a").title).is<Planned<string>>();
      typeOf(new shop.Pair(1, 2)).is<Planned<Pair>>();
      typeOf(shop.finder()("a").title).is<Planned<string>>();
      // @ts-expect-error there is no such member
      shop.subtract(1, 2);
      // @ts-expect-error Shape is abstract
      new shop.Shape();
      return shop.name;
    }),

  "arguments are planned or plain, at any depth": ({ chunk }: Planner<Shop & Library>, remote: Remote<Product>) =>
    chunk((shop) => {
      shop.add(1, shop.add(2, shop.sum(1, shop.add(3, 4))));
      shop.distance({ x: shop.add(1, 2), y: 0 }, { x: 1, y: shop.load("a").price });
      shop.attach(shop.load("a"), remote);
      shop.attachAll([shop.load("a"), remote]);
      shop.attachAll(shop.all());
      shop.accept({ at: { x: 1, y: shop.count() }, of: [shop.load("a")], by: new Map([["a", shop.count()]]) });
      shop.each((product) => typeOf(product).is<Remote<Product>>());
      shop.anything(shop.count());
      typeOf(shop.over("a")).is<Planned<number>>();
      typeOf(shop.over(shop.count())).is<Planned<Point>>();
      // @ts-expect-error it will be a string
      shop.add(1, shop.name);
      // @ts-expect-error y will be a string
      shop.distance({ x: 1, y: shop.name }, { x: 1, y: 2 });
      // @ts-expect-error it will be a number
      shop.attach(shop.count());
    }),

  "a planned primitive is no primitive": (
    { chunk }: Planner<Library>,
    take: (value: string | number | boolean) => void,
  ) =>
    chunk((library) => {
      // @ts-expect-error it cannot be added to
      library.count() + 1;
      // @ts-expect-error nor to another
      library.count() + library.count();
      // @ts-expect-error nor be negated
      library.count() * -1;
      // @ts-expect-error nor compared
      library.count() === 3;
      // @ts-expect-error nor compared
      library.count() > 3;
      // @ts-expect-error nor be passed where one is wanted
      take(library.title());
      // @ts-expect-error nor where a number is
      take(library.count());
      // @ts-expect-error nor where a boolean is
      take(library.isOpen());
      // @ts-expect-error its methods are those of a value that is not there
      library.title().toUpperCase();
      // @ts-expect-error a string is not mapped
      library.title().map((letter: unknown) => letter);
      typeOf(library.label(library.title()).length).is<Planned<number>>();
      library.flag(library.isOpen());
    }),

  "arrays, Maps, Sets and iterables are mapped": async ({ chunk }: Planner<Shop & Library>) => {
    const result = await chunk((shop) => ({
      titles: shop.all().map((product) => product.title),
      frozen: shop.frozen().map((product, index) => ({ product, index })),
      prices: shop.bySku().map(([sku, product]) => [sku, product.price]),
      entries: shop.bySku().map((entry, index) => ({ sku: entry[0], product: entry[1], index })),
      labels: shop.tags().map((tag, index) => shop.add(index, shop.over(tag))),
      ids: shop.ids().map((id) => ({ id, product: shop.load(id) })),
    }));
    typeOf(result.titles).is<string[]>();
    typeOf(result.frozen).is<{ product: Remote<Product>; index: number }[]>();
    typeOf(result.prices).is<[string, number][]>();
    typeOf(result.entries).is<{ sku: string; product: Remote<Product>; index: number }[]>();
    typeOf(result.labels).is<number[]>();
    typeOf(result.ids).is<{ id: string; product: Remote<Product> }[]>();
  },

  "mapping nests, and what it gives is planned": async ({ chunk }: Planner<Shop & Library>) => {
    typeOf(
      await chunk((library) => library.matrix().map((row) => row.map((cell, index) => library.sum(cell, index)))),
    ).is<number[][]>();
    typeOf(
      await chunk((shop) =>
        shop
          .all()
          .map((product) => product.reviews())
          .map((reviews, index) => ({ index, texts: reviews.map((review) => review.text), first: reviews.at(0) })),
      ),
    ).is<{ index: number; texts: string[]; first: Review | undefined }[]>();
    typeOf(
      await chunk(
        (shop) =>
          shop
            .all()
            .map((product) => ({ at: product.price }))
            .at(0).at,
      ),
    ).is<number>();
  },

  "length and size can be read, and items reached": ({ chunk }: Planner<Shop & Library>) =>
    chunk((shop) => {
      typeOf(shop.all().length).is<Planned<number>>();
      typeOf(shop.bySku().size).is<Planned<number>>();
      typeOf(shop.tags().size).is<Planned<number>>();
      typeOf(shop.all()[0]!.title).is<Planned<string>>();
      typeOf(shop.all().at(-1).title).is<Planned<string>>();
      typeOf(shop.bySku().get("a").title).is<Planned<string>>();
      // @ts-expect-error an item of it may not be there, but that is decided over there
      shop.all().filter((product: unknown) => product);
    }),

  "nothing waits within a plan": async ({ chunk }: Planner<Shop>) => {
    // @ts-expect-error a plan is recorded at once
    await chunk(async (shop) => ({ name: shop.name }));
    // @ts-expect-error so is the callback of map
    await chunk((shop) => shop.all().map(async () => 1));
    // @ts-expect-error and a planned value cannot be awaited
    const wait = async (product: Planned<Product>) => await product;
    await chunk((shop) => {
      void wait;
      return shop.name;
    });
  },

  "remotes and remote promises of before can be used": (
    { chunk }: Planner<Shop>,
    one: Remote<Product>,
    two: RemotePromise<Product>,
  ) =>
    chunk((shop) => {
      shop.attach(one, two);
      return one;
    }),

  "a tree is planned to any depth": async ({ chunk }: Planner<{ tree(): Tree }>) =>
    typeOf(
      await chunk((forest) =>
        forest.tree().children.map((child) => child.children.map((grandchild) => grandchild.value)),
      ),
    ).is<number[][]>(),
} satisfies Cases;
