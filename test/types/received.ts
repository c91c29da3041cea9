import type { ProxyMarked, Received, Remote, RemotePromise } from "../../src/remoting/types/index.js";
import type { Expression, Json, NotFound, Pair, Point, Product, Review, SExpression, Shape, Tree } from "./services.js";
import { typeOf, type Any, type Cases, type Equal, type Expect } from "./support.js";

export type Primitives = [
  Expect<Equal<Received<string>, string>>,
  Expect<Equal<Received<boolean>, boolean>>,
  Expect<Equal<Received<"a" | 1 | 1n | null | undefined>, "a" | 1 | 1n | null | undefined>>,
  Expect<Equal<Received<void>, void>>,
  Expect<Equal<Received<symbol>, never>>,
  Expect<Equal<Received<Any>, Any>>,
  Expect<Equal<Received<unknown>, unknown>>,
  Expect<Equal<Received<never>, never>>,
  Expect<Equal<Received<object>, object>>,
];

/** Copied, transferred or bridged: they arrive as what they were. */
export type PlatformObjects = [
  Expect<Equal<Received<Date>, Date>>,
  Expect<Equal<Received<RegExp>, RegExp>>,
  Expect<Equal<Received<ArrayBuffer>, ArrayBuffer>>,
  Expect<Equal<Received<SharedArrayBuffer>, SharedArrayBuffer>>,
  Expect<Equal<Received<Uint8Array>, Uint8Array>>,
  Expect<Equal<Received<Float64Array<ArrayBuffer>>, Float64Array<ArrayBuffer>>>,
  Expect<Equal<Received<DataView>, DataView>>,
  Expect<Equal<Received<Blob>, Blob>>,
  Expect<Equal<Received<File>, File>>,
  Expect<Equal<Received<ImageData>, ImageData>>,
  Expect<Equal<Received<ImageBitmap>, ImageBitmap>>,
  Expect<Equal<Received<DOMPoint>, DOMPoint>>,
  Expect<Equal<Received<CryptoKey>, CryptoKey>>,
  Expect<Equal<Received<MessagePort>, MessagePort>>,
  Expect<Equal<Received<AbortSignal>, AbortSignal>>,
  Expect<Equal<Received<ReadableStream<Uint8Array>>, ReadableStream<Uint8Array>>>,
  Expect<Equal<Received<WritableStream<Point>>, WritableStream<Point>>>,
  Expect<Equal<Received<TransformStream<string, Uint8Array>>, TransformStream<string, Uint8Array>>>,
];

export type Errors = [
  Expect<Equal<Received<Error>, Error>>,
  Expect<Equal<Received<TypeError>, TypeError>>,
  Expect<Equal<Received<AggregateError>, AggregateError>>,
  Expect<Equal<Received<DOMException>, DOMException>>,
  Expect<Equal<Received<NotFound>, NotFound>>,
  // What has a name and a message is no error yet.
  Expect<Equal<Received<{ name: string; message: string; of: Product }>["of"], Remote<Product>>>,
];

/** They can neither be copied nor be meant by reference. */
export type RefusedObjects = [
  Expect<Equal<Received<HTMLElement>, never>>,
  Expect<Equal<Received<Window>, never>>,
  Expect<Equal<Received<MouseEvent>, never>>,
  Expect<Equal<Received<URL>, never>>,
  Expect<Equal<Received<URLSearchParams>, never>>,
  Expect<Equal<Received<Headers>, never>>,
  Expect<Equal<Received<FormData>, never>>,
  Expect<Equal<Received<Response>, never>>,
  Expect<Equal<Received<WeakMap<Product, string>>, never>>,
  Expect<Equal<Received<WeakSet<Product>>, never>>,
  Expect<Equal<Received<WeakRef<Product>>, never>>,
];

type Add = (left: number, right: number) => number;

export type References = [
  Expect<Equal<Received<Add>, Remote<Add>>>,
  Expect<Equal<Received<typeof Product>, Remote<typeof Product>>>,
  Expect<Equal<Received<typeof Shape>, Remote<typeof Shape>>>,
  Expect<Equal<Received<Product>, Remote<Product>>>,
  Expect<Equal<Received<Product | undefined>, Remote<Product> | undefined>>,
  Expect<Equal<Received<{ once?: () => void }>, Remote<{ once?: () => void }>>>,
  Expect<Equal<Received<Pair & ProxyMarked>, Remote<Pair & ProxyMarked>>>,
  Expect<Equal<Received<(Point & ProxyMarked)[]>, Remote<Point & ProxyMarked>[]>>,
  Expect<Equal<Received<Iterator<string>>, Remote<Iterator<string>>>>,
  Expect<Equal<Received<AsyncIterable<string>>, Remote<AsyncIterable<string>>>>,
];

export type Data = [
  Expect<Equal<Received<Point>, Point>>,
  Expect<Equal<Received<Pair>, Pair>>,
  Expect<Equal<Received<Review[]>, Review[]>>,
  Expect<Equal<Received<Product[]>, Remote<Product>[]>>,
  Expect<Equal<Received<readonly Product[]>, readonly Remote<Product>[]>>,
  Expect<Equal<Received<[at: Point, of: Product]>, [at: Point, of: Remote<Product>]>>,
  Expect<Equal<Received<[at: Point, of?: Product]>, [at: Point, of?: Remote<Product>]>>,
  Expect<Equal<Received<[Point, ...Product[]]>, [Point, ...Remote<Product>[]]>>,
  Expect<Equal<Received<readonly [Product, string]>, readonly [Remote<Product>, string]>>,
  Expect<Equal<Received<[Product[], Point]>, [Remote<Product>[], Point]>>,
  Expect<Equal<Received<[]>, []>>,
  Expect<Equal<Received<Map<string, Product>>, Map<string, Remote<Product>>>>,
  Expect<Equal<Received<ReadonlyMap<string, Product>>, ReadonlyMap<string, Remote<Product>>>>,
  Expect<Equal<Received<Set<Product>>, Set<Remote<Product>>>>,
  Expect<Equal<Received<{ of: Product; readonly at?: Point }>, { of: Remote<Product>; readonly at?: Point }>>,
  Expect<Equal<Received<Record<string, Product>>, Record<string, Remote<Product>>>>,
  Expect<Equal<Received<Record<string, unknown>>, Record<string, unknown>>>,
  Expect<Equal<Received<Record<string, Any>>, Record<string, Any>>>,
  Expect<Equal<Received<{ later: Promise<Product> }>, { later: Promise<Remote<Product>> }>>,
];

/** A remote of something of ours is that again when it arrives. */
export type Home = [
  Expect<Equal<Received<Remote<Product>>, Product>>,
  Expect<Equal<Received<Remote<Product>[]>, Product[]>>,
  Expect<Equal<Received<Remote<Add>>, Add>>,
  Expect<Equal<Received<{ add: Remote<Add>; n: number }>, { add: Add; n: number }>>,
  Expect<Equal<Received<RemotePromise<Point>>, Promise<Point>>>,
];

export const received = {
  "data that contains itself does not explode": (
    tree: Received<Tree>,
    json: Received<Json>,
    expression: Received<Expression>,
    list: Received<SExpression>,
  ) => {
    const same: [Tree, Json, Expression, SExpression] = [tree, json, expression, list];
    typeOf(tree.children[0]!.children[0]!.parent!.value).is<number>();
    if (typeof expression === "object") typeOf(expression[0]).is<string>();
    if (typeof list === "object") typeOf(list[0]).is<string>();
    return same;
  },

  "a marked object can be passed home": (
    marked: Remote<Point & ProxyMarked>,
    home: Remote<{ take(point: Point): void }>,
  ) => home.take(marked),

  "await is right for a member of what may be either": async (either: Received<{ n: number; f(): string }>) => {
    typeOf(await either.n).is<number>();
    typeOf(await either.f()).is<string>();
  },
} satisfies Cases;
