import type { Planned, Received, Remote, RemotePromise, Sendable } from "../../src/remoting/types/index.js";
import type { Planner } from "./planned.js";
import type { Point, Product, Shop } from "./services.js";
import { typeOf, type Cases, type Equal, type Expect } from "./support.js";

interface Message {
  message: string;
  timestamp: string;
}

interface Git {
  clone(options: { dir: string; depth: number; onprogress: (event: { loaded: number; total: number }) => void }): void;
}

interface Repository {
  find(id: string): Product;
  findAll(): Product[];
  findGrouped(): { byName: Map<string, Product[]> };
}

/** What users of Comlink and of capnweb could not write, or what compiled and should not have. */
export const complaints = {
  "comlink#680: a method of a member of the object is called without awaiting the member": async (
    remote: Remote<{ service: { method: () => void } }>,
  ) => {
    typeOf(remote.service.method()).is<RemotePromise<void>>();
    typeOf(await remote.service.method()).is<void>();
  },

  "comlink#484: the length of an array member is read at once": async (remote: Remote<{ a: [] }>) =>
    typeOf(await remote.a.length).is<0>(),

  "comlink#602: a property of a property is awaited": async (
    remote: Remote<{ a: number; c: { d: number }; b(): number }>,
  ) => typeOf(await remote.c.d).is<number>(),

  "comlink#634: a nested object by reference is a remote once awaited, as it is when a method returns it": async (
    create: Remote<() => { other: { f(): number }; getOther: () => { f(): number } }>,
  ) => {
    const made = await create();
    typeOf(await made.other).is<Remote<{ f(): number }>>();
    typeOf(await made.getOther()).is<Remote<{ f(): number }>>();
    typeOf(await made.other.f()).is<number>();
  },

  "comlink#632: an instance made over there is an argument of another constructor": async (
    remote: Remote<{
      First: new () => { n(): number };
      Second: new (first: { n(): number }) => { first(): { n(): number } };
    }>,
  ) => {
    typeOf(await new remote.Second(new remote.First()).first().n()).is<number>();
    typeOf(await new remote.Second(await new remote.First()).first().n()).is<number>();
    // @ts-expect-error a date is no first
    new remote.Second(new Date());
  },

  "comlink#660: a remote that is passed home is the original there": (
    receive: (product: Received<Remote<Product>>) => void,
  ) => typeOf(receive).is<(product: Product) => void>(),

  "comlink#59 and comlink#515: a callback inside an argument is a callback": async (git: Remote<Git>) => {
    await git.clone({
      dir: "a",
      depth: 1,
      onprogress: async (event) => typeOf(event).is<{ loaded: number; total: number }>(),
    });
  },

  "comlink#666: instances in a returned collection are remotes": async (repository: Remote<Repository>) => {
    typeOf(await repository.find("a")).is<Remote<Product>>();
    typeOf(await repository.findAll()).is<Remote<Product>[]>();
    typeOf((await repository.findGrouped()).byName).is<Map<string, Remote<Product>[]>>();
  },

  "comlink#662, comlink#556 and comlink#426: a callback needs no mark": async (
    remote: Remote<{ on(name: string, listener: (event: Point) => void): void }>,
  ) => {
    class Listener {
      last = 0;
      handle = (event: Point) => {
        this.last = event.x;
      };
    }
    await remote.on("move", (event) => typeOf(event).is<Point>());
    await remote.on("move", new Listener().handle);
  },

  "comlink#435: a generator is iterated with for await": async (
    remote: Remote<{ fibonacci(max: number): Generator<number, string>; ticks(): AsyncGenerator<Date> }>,
  ) => {
    for await (const number of await remote.fibonacci(50)) typeOf(number).is<number>();
    for await (const date of await remote.ticks()) typeOf(date).is<Date>();
    typeOf((await remote.fibonacci(50).next()).value).is<number | string>();
  },

  "comlink#511: overloads of a method are kept": async (
    remote: Remote<{ hello(a: string): string; hello(a: number): number }>,
  ) => {
    typeOf(await remote.hello("test")).is<string>();
    typeOf(await remote.hello(5)).is<number>();
  },

  "comlink#432: there is no promise of a promise, and optional members are unions": async (
    remote: Remote<{ later(): Promise<Promise<string>>; maybe?: Promise<number> }>,
  ) => {
    typeOf(remote.later()).is<RemotePromise<string>>();
    typeOf(await remote.later()).is<string>();
    typeOf(await remote.maybe).is<number | undefined>();
  },

  "comlink#671: a remote of another session can be passed on": (
    remote: Remote<{ listen(listener: Remote<(n: number) => string>): void }>,
    elsewhere: Remote<(n: number) => string>,
  ) => remote.listen(elsewhere),

  "capnweb#53: an untyped session is a remote of which nothing is known": (remote: Remote<unknown>) => {
    const same: Remote<unknown> = remote;
    // @ts-expect-error nothing is known of it
    remote.ping();
    return same;
  },

  "capnweb#112: objects that are returned keep their type": async (
    remote: Remote<{
      getPrimitive(): Promise<string>;
      getObject(): Promise<Message>;
      hello(name: string): Promise<Message>;
    }>,
  ) => {
    typeOf(await remote.getPrimitive()).is<string>();
    typeOf(await remote.getObject()).is<Message>();
    typeOf(await remote.hello("world")).is<Message>();
  },

  "capnweb#134: a callback's parameter has its type where the parameter is declared as a remote": (
    remote: Remote<{ sendMeCurrentTime(callback: Remote<(time: number) => void>): void }>,
  ) => {
    remote.sendMeCurrentTime((time) => typeOf(time).is<number>());
    // @ts-expect-error it is no string
    remote.sendMeCurrentTime((time: string) => time);
  },

  "capnweb#54: map takes no async callback": ({
    chunk,
  }: Planner<{ names(): string[]; greet(name: string): string }>) => {
    void chunk((remote) => remote.names().map((name) => remote.greet(name)));
    // @ts-expect-error a plan cannot wait
    void chunk((remote) => remote.names().map(async (name) => remote.greet(name)));
  },

  "capnweb#146: a promise of this side is refused where a value is wanted": (
    remote: Remote<{ format(message: string): string; formatAll(messages: Record<string, string>): string }>,
  ) => {
    remote.format(remote.format("a"));
    // @ts-expect-error it would arrive as a promise
    remote.format(Promise.resolve("a"));
    // @ts-expect-error so it would in here
    remote.formatAll({ a: Promise.resolve("a") });
  },

  "capnweb#213: a stream keeps the type of its chunks": async (remote: Remote<{ read(): ReadableStream<Point> }>) =>
    typeOf(await remote.read()).is<ReadableStream<Point>>(),

  "capnweb#253: a method that returns a remote gives no remote of a remote": async (
    remote: Remote<{ get(): Promise<Remote<Product>> }>,
  ) => {
    typeOf(await remote.get()).is<Product>();
    typeOf(await remote.get().title).is<string>();
  },

  "workerd#7482: readonly Maps and Sets are as good as others": async (
    remote: Remote<{ map(): ReadonlyMap<string, Product>; set(of: ReadonlySet<number>): ReadonlySet<Product> }>,
  ) => {
    typeOf(await remote.map()).is<ReadonlyMap<string, Remote<Product>>>();
    typeOf(await remote.set(new Set([1]))).is<ReadonlySet<Remote<Product>>>();
  },
} satisfies Cases;

/** capnweb#53: "excessively deep" for what is as wide as a remote can be. */
export type Wide = [
  Expect<Equal<Received<Remote<unknown>>, unknown>>,
  RemotePromise<object>,
  Planned<object>,
  Sendable<Remote<object>>,
  Remote<Record<string, never>>,
  Remote<Shop & Repository>,
  Remote<HTMLCanvasElement>["getContext"],
];
