import { traffic } from "../support/port-traffic.js";
import { expect } from "chai";
import { over, release, type Remote, type Unit } from "leasehold";
import { inEveryIsolation } from "../support/every-isolation.js";
import { quiet } from "../support/quiet.js";
import { rejection } from "../support/rejection.js";

const code = `
  class Product {
    constructor(id) { this.id = id; }
    get title() { return "Product " + this.id; }
    price(tax) { return this.id * 10 + tax; }
    parts() { return [1, 2].map((n) => new Product(this.id * 10 + n)); }
  }
  export { Product };
  let calls = 0;
  export const count = () => calls;
  export const list = (n) => { calls++; return Array.from({ length: n }, (_, id) => id); };
  export const products = (n) => { calls++; return list(n).map((id) => new Product(id)); };
  export const productsLater = async (n) => { await new Promise((resolve) => setTimeout(resolve, 10)); return products(n); };
  export const byName = () => new Map([["one", 1], ["two", 2]]);
  export const tags = () => new Set(["a", "b"]);
  export function* numbers() { yield 1; yield 2; yield 3; }
  export const pairs = () => [["a", 1], ["b", 2]];
  export const double = (n) => 2 * n;
  export const doubleLater = async (n) => { await null; return 2 * n; };
  export const sum = (...numbers) => numbers.flat().reduce((a, b) => a + b, 0);
  export const describe = (value) => JSON.stringify(value instanceof Map || value instanceof Set ? [...value] : value);
  export const titleOf = (product) => product.title;
  export const adder = (one) => (other) => one + other;
  export const apply = (fn, value) => fn(value);
  export const fail = (n) => { throw Object.assign(new RangeError("too far"), { limit: n }); };
  export const failLater = async () => { await null; throw new RangeError("too late"); };
  export const nested = { deep: { value: 7, double } };
  export const nothing = () => {};
`;

interface Product {
  id: number;
  readonly title: string;
  price(tax: number): number;
  parts(): Product[];
}
interface Sample {
  Product: new (id: number) => Product;
  count(): number;
  list(n: number): number[];
  products(n: number): Product[];
  productsLater(n: number): Promise<Product[]>;
  byName(): Map<string, number>;
  tags(): Set<string>;
  numbers(): Generator<number>;
  pairs(): [string, number][];
  double(n: number): number;
  doubleLater(n: number): Promise<number>;
  sum(...numbers: (number | number[])[]): number;
  describe(value: unknown): string;
  titleOf(product: Product): string;
  adder(one: number): (other: number) => number;
  apply(fn: (value: number) => unknown, value: number): number;
  fail(n: number): Product;
  failLater(): Promise<Product>;
  nested: { deep: { value: number; double(n: number): number } };
  nothing(): void;
}

/** For plans that the compiler would refuse, because they cannot be right. */
// oxlint-disable-next-line typescript/no-explicit-any
type Loose = any;

inEveryIsolation("a plan", ({ use, load, host }) => {
  const chunked = (body: (unit: Unit<Sample>) => unknown): Promise<unknown> => use<Sample>(code, body);

  it("costs one message each way, also for ten thousand items", () =>
    chunked(async (unit) => {
      await quiet(host());
      let titles: string[] = [];
      const { sent, received } = await traffic(async () => {
        titles = await unit.chunk((api) => api.products(10_000).map((product) => product.title));
      });
      expect(titles).to.have.length(10_000);
      expect(titles.at(-1)).to.equal("Product 9999");
      expect([sent.length, received.length]).to.deep.equal([1, 1]);
    }));

  it("runs its function once, at once, and each call over there once an item", () =>
    chunked(async (unit) => {
      let runs = 0;
      let items = 0;
      const planned = unit.chunk((api) => {
        runs++;
        return api.list(5).map((n) => {
          items++;
          return api.double(n);
        });
      });
      expect([runs, items], "before anything is awaited").to.deep.equal([1, 1]);
      expect(await planned).to.deep.equal([0, 2, 4, 6, 8]);
      expect([runs, items]).to.deep.equal([1, 1]);
      expect(await unit.exports.count()).to.equal(1);
    }));

  it("reads, calls, constructs and walks as if all were here", () =>
    chunked(async (unit) => {
      const result = await unit.chunk((api) => ({
        value: api.nested.deep.value,
        doubled: api.nested.deep.double(api.nested.deep.value),
        title: new api.Product(3).title,
        price: new api.Product(3).price(api.double(1)),
        curried: api.adder(1)(2),
      }));
      expect(result).to.deep.equal({ value: 7, doubled: 14, title: "Product 3", price: 32, curried: 3 });
    }));

  it("calls a method on its object, also where it was read by itself", () =>
    chunked(async (unit) => {
      const result = await unit.chunk((api) => {
        const product = new api.Product(2);
        const { title } = product;
        return [title, product.price(1), product.price(2)];
      });
      expect(result).to.deep.equal(["Product 2", 21, 22]);
    }));

  it("passes planned values at any depth of an argument", () =>
    chunked(async (unit) => {
      const result = await unit.chunk((api) => {
        const two = api.double(1);
        return [
          api.describe({ deep: [{ two }] }),
          api.describe(new Map([["two", two]])),
          api.describe(new Set([two])),
          api.titleOf(new api.Product(1)),
        ];
      });
      expect(result).to.deep.equal(['{"deep":[{"two":2}]}', '[["two",2]]', "[2]", "Product 1"]);
    }));

  it("returns any shape, with values in the place of placeholders", () =>
    chunked(async (unit) => {
      const result = await unit.chunk((api) => ({
        array: [api.double(1), "plain"],
        map: new Map([["key", api.double(2)]]),
        set: new Set([api.double(3)]),
        deep: { er: { list: api.list(2) } },
        plain: { date: new Date(0), none: undefined, nil: null },
      }));
      expect(result).to.deep.equal({
        array: [2, "plain"],
        map: new Map([["key", 4]]),
        set: new Set([6]),
        deep: { er: { list: [0, 1] } },
        plain: { date: new Date(0), none: undefined, nil: null },
      });
      expect(await unit.chunk((api) => api.double(4))).to.equal(8);
      expect(await unit.chunk(() => "plain")).to.equal("plain");
      expect(await unit.chunk((api) => void api.nothing())).to.equal(undefined);
    }));

  it("keeps what is the same thing twice the same thing", () =>
    chunked(async (unit) => {
      const { one, other } = await unit.chunk((api) => {
        const products = api.list(2);
        return { one: products, other: products };
      });
      expect(one).to.equal(other);
    }));

  it("returns what crosses by reference as remotes", () =>
    chunked(async (unit) => {
      const products = await unit.chunk((api) => api.products(3));
      expect(products).to.have.length(3);
      expect(await products[2]!.title).to.equal("Product 2");
      release(products);
    }));

  it("maps over arrays, Maps, Sets and generators over there, to any depth", () =>
    chunked(async (unit) => {
      const result = await unit.chunk((api) => ({
        array: api.products(2).map((product, index) => [product.id, index]),
        map: api.byName().map(([key, value]) => ({ key, doubled: api.double(value) })),
        set: api.tags().map((tag) => tag),
        generator: api.numbers().map((n) => api.double(n)),
        nested: api.products(2).map((product) => product.parts().map((part) => [product.id, part.id])),
        chained: api.list(3).map((n) => api.double(n)).map((n) => api.double(n)), // prettier-ignore
      }));
      expect(result).to.deep.equal({
        array: [
          [0, 0],
          [1, 1],
        ],
        map: [
          { key: "one", doubled: 2 },
          { key: "two", doubled: 4 },
        ],
        set: ["a", "b"],
        generator: [2, 4, 6],
        nested: [
          [
            [0, 1],
            [0, 2],
          ],
          [
            [1, 11],
            [1, 12],
          ],
        ],
        chained: [0, 4, 8],
      });
    }));

  it("takes pairs apart", () =>
    chunked(async (unit) => {
      const result = await unit.chunk((api) =>
        api.pairs().map(([name, value]) => ({ name, twice: api.double(value) })),
      );
      expect(result).to.deep.equal([
        { name: "a", twice: 2 },
        { name: "b", twice: 4 },
      ]);
    }));

  it("maps over what was captured here", () =>
    chunked(async (unit) => {
      const result = await unit.chunk((api) => ({
        array: over([1, 2]).map((n) => api.double(n)),
        map: over(new Map([["a", 1]])).map((entry) => entry),
        set: over(new Set([3])).map((n) => api.double(n)),
        iterable: over([5, 6].values()).map((n, index) => [api.double(n), index]),
        nested: over([1, 2]).map((n) => over([10, 20]).map((m) => api.sum(n, m))),
        plain: [1, 2].map((n) => api.double(n)),
      }));
      expect(result).to.deep.equal({
        array: [2, 4],
        map: [["a", 1]],
        set: [6],
        iterable: [
          [10, 0],
          [12, 1],
        ],
        nested: [
          [11, 21],
          [12, 22],
        ],
        plain: [2, 4],
      });
    }));

  it("captures data, remotes of the same unit, and callbacks", () =>
    chunked(async (unit) => {
      using product = await new unit.exports.Product(5);
      const tax = { rate: 2 };
      const heard: number[] = [];
      const result = await unit.chunk((api) => [
        api.titleOf(product),
        product === undefined ? "" : api.describe(tax),
        api.list(2).map(() => api.titleOf(product)),
        api.apply((value) => {
          heard.push(value);
          return value + 1;
        }, 3),
      ]);
      expect(result).to.deep.equal(["Product 5", '{"rate":2}', ["Product 5", "Product 5"], 4]);
      expect(heard).to.deep.equal([3]);
    }));

  it("waits by itself for what is late over there", () =>
    chunked(async (unit) => {
      const result = await unit.chunk((api) => ({
        titles: api.productsLater(2).map((product) => product.title),
        doubled: api.list(3).map((n) => api.sum(api.doubleLater(n), 1)),
        chain: api.double(api.doubleLater(1)),
      }));
      expect(result).to.deep.equal({ titles: ["Product 0", "Product 1"], doubled: [1, 3, 5], chain: 4 });
    }));

  it("rejects where a step failed, naming the step", () =>
    chunked(async (unit) => {
      const error = await rejection(unit.chunk((api) => api.list(2).map((n) => api.fail(n).title)));
      expect(error).to.be.instanceOf(RangeError);
      expect(error).to.include({ message: "fail() failed: too far", limit: 0 });
      expect((error.cause as Error).message).to.equal("too far");
      const late = await rejection(unit.chunk((api) => api.failLater().title));
      expect(late.message).to.equal("failLater() failed: too late");
      const missing = await rejection(unit.chunk((api) => (api as Loose).missing()));
      expect(missing).to.include({ name: "ContractError", code: "no-such-member" });
      const unmappable = await rejection(unit.chunk((api) => (api.double(1) as Loose).map((n: unknown) => n)));
      expect(unmappable).to.include({ name: "DataError", code: "not-iterable" });
    }));

  it("reaches nothing that a call could not reach", () =>
    chunked(async (unit) => {
      const escapes: ((api: Loose) => unknown)[] = [
        (api) => api.double.prototype,
        (api) => api.double.call,
        (api) => api.double.bind(null),
      ];
      for (const escape of escapes) {
        expect((await rejection(unit.chunk(escape as never))).name).to.equal("ContractError");
      }
      const inherited: ((api: Loose) => unknown)[] = [(api) => api.double.constructor("x"), (api) => api.__proto__];
      for (const escape of inherited) {
        expect((await rejection(unit.chunk(escape as never))).code).to.equal("planned-value");
      }
    }));

  const primitives: Record<string, (api: Loose) => unknown> = {
    "a template": (api) => `${api.double(1)}`,
    "a sum": (api) => api.double(1) + 1,
    "a comparison": (api) => api.double(1) > 1,
    "an equality": (api) => api.double(1) == 2, // oxlint-disable-line eqeqeq
    "a key": (api) => ({ [api.double(1)]: 1 }),
    "a test with in": (api) => "id" in new api.Product(1),
    "JSON.stringify": (api) => JSON.stringify({ product: new api.Product(1) }),
    "a spread": (api) => ({ ...new api.Product(1) }),
    "an assignment": (api) => (new api.Product(1).id = 2),
    "a deletion": (api) => delete new api.Product(1).id,
    "an endless iteration": (api) => [...api.list(2)],
  };
  for (const [how, plan] of Object.entries(primitives)) {
    it(`is refused at once where a planned value is used in ${how}`, () =>
      chunked(async (unit) => {
        expect(await rejection(unit.chunk(plan as never))).to.include({ name: "DataError", code: "planned-value" });
        expect(await unit.chunk((api) => api.double(1)), "nothing is left behind").to.equal(2);
        expect(await unit.exports.count()).to.equal(0);
      }));
  }

  it("is refused where it is async, or awaits a planned value", () =>
    chunked(async (unit) => {
      const plans: ((api: Loose) => unknown)[] = [
        async (api) => api.double(1),
        async (api) => await api.double(1),
        (api) => api.list(2).map(async (n: unknown) => api.double(n)),
        (api) => api.list(2).map(async (n: unknown) => await n),
      ];
      for (const plan of plans) {
        expect(await rejection(unit.chunk(plan as never))).to.include({ name: "DataError", code: "planned-async" });
      }
      const iterated = async (api: Loose): Promise<void> => {
        for await (const item of api.list(2)) void item;
      };
      expect((await rejection(unit.chunk(iterated as never))).code).to.equal("planned-async");
    }));

  it("is refused where a planned value leaves it, or its map", () =>
    chunked(async (unit) => {
      let kept: Loose;
      await unit.chunk((api) => {
        kept = api;
        return api.double(1);
      });
      expect(() => kept.double(1) as unknown)
        .to.throw()
        .with.property("code", "plan-over");
      expect((await rejection(unit.chunk(() => kept as never))).code).to.equal("plan-over");
      let item: Loose;
      const leaking = unit.chunk((api) => {
        api.list(2).map((n) => (item = n));
        return api.double(item as number);
      });
      expect(await rejection(leaking)).to.include({ name: "InvalidStateError", code: "plan-over" });
      expect((await rejection(unit.exports.describe(kept))).code).to.equal("not-cloneable");
    }));

  it("is refused where it captures a remote of another unit", async () => {
    const other = await load<Sample>(code, { manifest: { name: "other" } });
    await chunked(async (unit) => {
      const foreign = await new other.exports.Product(1);
      const plans: ((api: Loose) => unknown)[] = [
        (api) => api.titleOf(foreign),
        (api) => api.describe({ deep: [foreign] }),
        () => foreign,
        (api) => api.list(2).map(() => foreign),
        (api) => api.double(other.exports.double(1)),
        (api) => over([foreign]).map((one) => api.titleOf(one as Loose)),
      ];
      for (const plan of plans) {
        expect(await rejection(unit.chunk(plan as never))).to.include({ name: "DataError", code: "other-session" });
      }
      release(foreign);
    });
    await other.unload();
  });

  it("fails with what its function throws", () =>
    chunked(async (unit) => {
      const plan = (): never => {
        throw new RangeError("own");
      };
      expect(await rejection(unit.chunk(plan))).to.be.instanceOf(RangeError);
      expect(await unit.chunk((api) => api.double(1))).to.equal(2);
    }));

  it("needs over() only inside of it", () =>
    chunked(async () => {
      expect(() => over([1]))
        .to.throw()
        .that.includes({ name: "InvalidStateError", code: "no-plan" });
    }));

  it("leaves nothing held where it is refused after it captured a callback", () =>
    chunked(async (unit) => {
      const refused = unit.chunk(((api: Loose) => {
        api.apply(() => 1, 2);
        return `${api.double(1)}`;
      }) as never);
      expect((await rejection(refused)).code).to.equal("planned-value");
      const cannotCross = unit.chunk((api) => api.describe({ body: document.body }));
      expect((await rejection(cannotCross)).code).to.equal("not-cloneable");
    }));

  it("cannot be made of a unit that is gone", async () => {
    const unit = await load<Sample>(code);
    await unit.unload();
    expect((await rejection(unit.chunk((api) => api.double(1)))).name).to.equal("DomainUnloadedError");
  });

  it("holds its unit loaded while it runs", async () => {
    const unit = await load<Sample>(code);
    const planned = unit.chunk((api) => api.productsLater(1).map((product) => product.title));
    const receipt = await unit.unload();
    expect(await planned).to.deep.equal(["Product 0"]);
    expect(receipt).to.include({ rejectedCalls: 0 });
  });

  it("takes what was released here as released", () =>
    chunked(async (unit) => {
      const product: Remote<Product> = await new unit.exports.Product(1);
      release(product);
      expect((await rejection(unit.chunk((api) => api.titleOf(product)))).code).to.equal("released");
    }));
});
