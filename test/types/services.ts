/** What the type tests see from across the boundary. */

export interface Point {
  x: number;
  y: number;
}

export interface Tree {
  value: number;
  children: Tree[];
  parent?: Tree;
}

export type Json = string | number | boolean | null | Json[] | { [name: string]: Json };

export type Expression = number | [operator: string, left: Expression, right: Expression];

export type SExpression = string | [string, ...SExpression[]];

/** Has methods, so it crosses by reference. */
export class Product {
  readonly #names: string[] = [];
  protected readonly secret = "";
  readonly related?: Product;
  constructor(
    readonly sku: string,
    public price = 1,
  ) {}
  static count = 0;
  static parse(text: string): Product {
    return new Product(text);
  }
  get title(): string {
    return this.#names.at(-1) ?? this.sku;
  }
  rename(name: string): void {
    this.#names.push(name);
  }
  async reviews(): Promise<Review[]> {
    return [];
  }
}

export interface Review {
  text: string;
  stars: number;
  at: Date;
}

/** Has none, but is made by `new` over there. */
export class Pair {
  constructor(
    readonly left: number,
    readonly right: number,
  ) {}
}

export abstract class Shape {
  abstract area(): number;
}

export class NotFound extends Error {
  readonly code = "not-found";
}

export interface Shop {
  readonly name: string;
  motto?: string;
  readonly owner: { name: string; address: { city: string } };
  readonly Product: typeof Product;
  readonly Pair: typeof Pair;
  readonly Shape: typeof Shape;
  readonly featured: Product;
  add(left: number, right: number): number;
  sum(...numbers: number[]): number;
  greet(name?: string): string;
  distance(from: Point, to: Point): number;
  find(sku: string): Product | undefined;
  load(sku: string): Promise<Product>;
  all(): Product[];
  bySku(): Map<string, Product>;
  attach(product: Product, to?: Product): void;
  attachAll(products: Product[]): void;
  each(callback: (product: Product, index: number) => void): void;
  filter(callback: (product: Product) => boolean): Product[];
  watch(options: { interval: number; onChange: (price: number) => void; onEnd?(): void }): () => void;
  tree(): Tree;
  finder(): (sku: string) => Promise<Product>;
  numbers(upTo: number): Generator<number, string>;
  later?(): number;
  dispose(): void;
}
