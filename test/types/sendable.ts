import type { Remote, RemotePromise, Sendable } from "../../src/remoting/types/index.js";
import type { Expression, Json, Point, SExpression, Shop, Tree } from "./services.js";
import { Product } from "./services.js";
import { typeOf, type Any, type Cases, type Equal, type Expect } from "./support.js";

interface Plugin {
  start(host: Shop): void;
  stop?(): Promise<void>;
  name: string;
}

interface Sink {
  unknown(value: unknown): void;
  object(value: object): void;
  record(value: Record<string, unknown>): void;
  flag(value: boolean): void;
  literal(value: "on" | "off"): void;
  nested(value: { at: Point; of: Product[]; more: { date: Date; bytes: Uint8Array } }): void;
  map(value: Map<string, Point>): void;
  set(value: Set<number>): void;
  pair(value: [Point, Product]): void;
  plugin(value: Plugin): void;
  class(value: typeof Product): void;
  promise(value: Promise<Point>): void;
  remote(value: Remote<Product>, listener: Remote<(price: number) => void>): void;
  items(value: AsyncIterable<Point>): void;
  stream(value: ReadableStream<Uint8Array>, signal?: AbortSignal): void;
  json(value: Json): void;
  tree(value: Tree): void;
  expression(value: Expression, list: SExpression): void;
  error(value: Error): void;
  element(value: HTMLElement): void;
  compare(by: (left: Product, right: Product) => number): void;
  optional(callback?: (error: Error | null, of: Product[]) => void): void;
}

export const arguments_ = {
  "a parameter takes a value, a remote promise of one, or a remote": async (
    shop: Remote<Shop>,
    other: RemotePromise<number>,
    promise: Promise<Product>,
  ) => {
    shop.add(1, other);
    shop.add(shop.add(1, 2), shop.sum(shop.add(1, 2)));
    shop.attach(shop.find("a"));
    shop.attach(await shop.load("a"), shop.all().at(0));
    shop.attach(new shop.Product("a"));
    shop.attach(await new shop.Product("a"));
    shop.attach(shop.featured);
    shop.attach(new Product("a"));
    // @ts-expect-error it will be a string
    shop.add(1, shop.name);
    // @ts-expect-error it will be a number
    shop.attach(shop.add(1, 2));
    // @ts-expect-error it is the remote of a shop
    shop.attach(shop);
    // @ts-expect-error a promise of this side arrives as a promise
    shop.attach(promise);
  },

  "remote promises are accepted at any depth": async (shop: Remote<Shop>, sink: Remote<Sink>, date: Date) => {
    shop.distance({ x: shop.add(1, 2), y: 0 }, { x: 1, y: shop.add(3, 4) });
    shop.attachAll([shop.load("a"), await shop.load("b")]);
    shop.attachAll(shop.all());
    sink.nested({ at: { x: shop.add(1, 2), y: 1 }, of: [shop.load("a")], more: { date, bytes: new Uint8Array() } });
    sink.map(new Map([["a", { x: shop.add(1, 2), y: 2 }]]));
    sink.set(new Set([shop.add(1, 2)]));
    sink.pair([{ x: 1, y: shop.add(1, 2) }, shop.load("a")]);
    // @ts-expect-error y will be a string
    shop.distance({ x: 1, y: shop.name }, { x: 1, y: 2 });
    // @ts-expect-error y is missing
    shop.distance({ x: 1 }, { x: 1, y: 2 });
    // @ts-expect-error there is no z
    shop.distance({ x: 1, y: 2, z: 3 }, { x: 1, y: 2 });
  },

  "plain values are accepted as they are": (sink: Remote<Sink>, error: TypeError, tree: Tree, json: Json) => {
    sink.unknown(1);
    sink.unknown(null);
    sink.object({ any: 1 });
    sink.record({ any: 1, more: null });
    sink.flag(true);
    sink.flag(Math.random() > 0.5);
    sink.literal("on");
    sink.map(new Map([["a", { x: 1, y: 2 }]]));
    sink.error(error);
    sink.json({ a: [1, "b", null, { c: true }] });
    sink.json(json);
    sink.tree(tree);
    sink.expression(["+", 1, ["-", 2, 3]], ["a", ["b", "c"]]);
    sink.stream(new ReadableStream<Uint8Array>());
    // @ts-expect-error it is on or off
    sink.literal("of");
    // @ts-expect-error a string is no object
    sink.object("a");
    // @ts-expect-error the stream is one of strings
    sink.stream(new ReadableStream<string>());
    // @ts-expect-error an element cannot cross
    sink.element(document.body);
  },

  "a callback is a local function, sync or async": (shop: Remote<Shop>, sink: Remote<Sink>) => {
    shop.each((product, index) => {
      typeOf(product).is<Remote<Product>>();
      typeOf(index).is<number>();
    });
    shop.each(async (product) => {
      await product.rename("a");
    });
    const found: Remote<Product>[] = [];
    shop.each((product) => found.push(product));
    shop.each(() => {});
    shop.filter(() => true);
    shop.filter(async (product) => (await product.price) > 1);
    shop.filter((product) => product.related.related.price.then((price) => price > 1));
    sink.compare(async (left, right) => (await left.price) - (await right.price));
    sink.optional();
    sink.optional((error, products) =>
      typeOf([error, products] as const).is<readonly [Error | null, Remote<Product>[]]>(),
    );
    // @ts-expect-error the answer has to be a boolean
    shop.filter(() => "yes");
    // @ts-expect-error as it has to be later
    shop.filter(async () => "yes");
    // @ts-expect-error the price is on the other side
    shop.filter((product) => product.price > 1);
    // @ts-expect-error the first parameter will be a product
    shop.each((product: string) => product);
  },

  "a remote function is a callback as well": async (shop: Remote<Shop>, is: Remote<(product: Product) => boolean>) => {
    shop.filter(is);
    shop.filter(await is);
    shop.each(is);
  },

  "callbacks in objects are callbacks": async (shop: Remote<Shop>) => {
    const stop = await shop.watch({ interval: 1, onChange: (price) => typeOf(price).is<number>(), onEnd() {} });
    typeOf(stop).is<Remote<() => void>>();
    await stop();
  },

  "an object passed by reference has its methods called with what arrives": (
    sink: Remote<Sink>,
    done: Promise<void>,
  ) => {
    sink.plugin({
      name: "a",
      start(host) {
        typeOf(host).is<Remote<Shop>>();
      },
    });
    class Fitting {
      name = "b";
      sum = 0;
      async start(host: Remote<Shop>) {
        this.sum += await host.add(1, 2);
      }
      stop() {
        return done;
      }
    }
    sink.plugin(new Fitting());
    class Unfitting {
      name = "c";
      start(host: Shop) {
        return host.add(1, 2);
      }
    }
    // @ts-expect-error its host will be a remote
    sink.plugin(new Unfitting());
  },

  "a class is passed as it is": (sink: Remote<Sink>, shop: Remote<Shop>) => {
    sink.class(Product);
    sink.class(shop.Product);
    // @ts-expect-error a date makes no products
    sink.class(Date);
  },

  "a promise is wanted where one is declared": (sink: Remote<Sink>, point: Promise<Point>) => {
    sink.promise(point);
    sink.promise(Promise.resolve({ x: 1, y: 2 }));
    // @ts-expect-error this is no promise
    sink.promise({ x: 1, y: 2 });
  },

  "a parameter declared as a remote takes what it is the remote of": (
    sink: Remote<Sink>,
    shop: Remote<Shop>,
    product: Remote<Product>,
  ) => {
    sink.remote(product, (price) => typeOf(price).is<number>());
    sink.remote(shop.load("a"), async () => {});
  },

  "any iterable will do for an async one": (sink: Remote<Sink>, remote: Remote<AsyncIterable<Point>>) => {
    sink.items([{ x: 1, y: 2 }]);
    sink.items(
      (async function* () {
        yield { x: 1, y: 2 };
      })(),
    );
    sink.items(remote);
    // @ts-expect-error a string is no point
    sink.items(["a"]);
  },
} satisfies Cases;

export type Unknowns = [Expect<Equal<Sendable<unknown>, unknown>>, Expect<Equal<Sendable<Any>, Any>>];
