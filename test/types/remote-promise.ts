import type { Remote, RemotePromise } from "../../src/remoting/types/index.js";
import type { Pair, Point, Product, Shop, Tree } from "./services.js";
import { typeOf, type Cases } from "./support.js";

interface Dog {
  name: string;
  bark(): number;
}
interface Cat {
  name: number;
  purr(): string;
}
type Outcome = { ok: true; value: Point } | { ok: false; reason: string };

interface Kennel {
  dog(): Dog;
  maybe(): Dog | undefined;
  nullable(): Promise<Dog | null>;
  either(): Dog | Cat;
  outcome(): Outcome;
  callback(): ((text: string) => Dog) | undefined;
  class(): typeof Product;
  list(): Dog[];
  maybeList(): Dog[] | undefined;
  pair(): [Dog, Point];
  byName(): Map<string, Dog>;
  names(): Set<string>;
  text(): string;
  bytes(): Uint8Array;
  file(): Promise<Blob>;
  nothing(): void;
  fails(): never;
  odd(): { catch: string; finally: number; other: string };
}

export const promises = {
  "it is a promise of what arrives": async (remote: Remote<Kennel>) => {
    const promise: Promise<Remote<Dog>> = remote.dog();
    typeOf(await promise).is<Remote<Dog>>();
    typeOf(await Promise.all([remote.dog(), remote.text()])).is<[Remote<Dog>, string]>();
    typeOf(await remote.text().then((text) => text.length)).is<number>();
    typeOf(await remote.text().catch(() => 1)).is<string | number>();
    typeOf(await remote.text().finally(() => {})).is<string>();
    typeOf(await remote.nothing()).is<void>();
    typeOf(await remote.fails()).is<never>();
  },

  "its members are there at once": async (remote: Remote<Kennel>) => {
    typeOf(remote.dog().bark()).is<RemotePromise<number>>();
    typeOf(await remote.dog().name).is<string>();
    // @ts-expect-error a dog does not purr
    remote.dog().purr();
    // @ts-expect-error it has no value yet
    remote.text().toUpperCase();
  },

  "where there may be nothing, the members of what there may be are there": async (remote: Remote<Kennel>) => {
    typeOf(await remote.maybe().bark()).is<number>();
    typeOf(await remote.nullable().bark()).is<number>();
    typeOf(await remote.maybe()).is<Remote<Dog> | undefined>();
    typeOf(await remote.nullable()).is<Remote<Dog> | null>();
    typeOf(await remote.maybeList().length).is<number>();
    typeOf(await remote.maybeList().at(0).bark()).is<number>();
  },

  "of a union, what all parts have is a union, and the rest can be reached": async (remote: Remote<Kennel>) => {
    typeOf(await remote.either().name).is<string | number>();
    typeOf(await remote.either().bark()).is<number>();
    typeOf(await remote.either().purr()).is<string>();
    typeOf(await remote.outcome().ok).is<boolean>();
    typeOf(await remote.outcome().value).is<Point | undefined>();
    typeOf(await remote.outcome().value.x).is<number>();
    typeOf(await remote.outcome()).is<Outcome>();
    // @ts-expect-error no part has it
    remote.either().meow();
  },

  "a promised function is called, a promised class constructed": async (remote: Remote<Kennel>) => {
    typeOf(await remote.callback()("a").bark()).is<number>();
    typeOf(await new (remote.class())("a").title).is<string>();
    typeOf(await remote.class().count).is<number>();
    // @ts-expect-error a dog cannot be called
    remote.dog()();
  },

  "built-in containers can be read": async (remote: Remote<Kennel>) => {
    typeOf(await remote.list().length).is<number>();
    typeOf(await remote.list().at(0).bark()).is<number>();
    typeOf(await remote.list()[0]!.bark()).is<number>();
    typeOf(await remote.list().slice(1)).is<Remote<Dog>[]>();
    typeOf(await remote.pair()[0].bark()).is<number>();
    typeOf(await remote.pair()[1].x).is<number>();
    typeOf(await remote.byName().get("a").bark()).is<number>();
    typeOf(await remote.byName().size).is<number>();
    typeOf(await remote.names().has("a")).is<boolean>();
    typeOf(await remote.text().length).is<number>();
    typeOf(await remote.bytes().byteLength).is<number>();
    typeOf(await remote.file().size).is<number>();
    typeOf(await remote.file().text()).is<string>();
    // @ts-expect-error a callback would be called across the boundary for each item
    remote.list().map((dog: Dog) => dog.name);
    // @ts-expect-error a pair has two
    remote.pair()[2];
  },

  "the promise's own names win": async (remote: Remote<Kennel>) => {
    typeOf(await remote.odd().other).is<string>();
    typeOf(await remote.odd().finally(() => {})).is<{ catch: string; finally: number; other: string }>();
  },

  "it can be dropped": (remote: Remote<Kennel>) => {
    using promise = remote.dog();
    typeOf(promise[Symbol.dispose]()).is<void>();
  },

  "one of a part is one of the whole": (one: RemotePromise<Dog>, instance: Remote<Shop>) => {
    const some: RemotePromise<Dog | undefined> = one;
    const pair: Promise<Remote<Pair>> = new instance.Pair(1, 2);
    return [some, pair];
  },

  "a tree can be walked to any depth": async (remote: Remote<{ tree(): Tree }>) =>
    typeOf(await remote.tree().children.at(0).parent.parent.children.length).is<number>(),
} satisfies Cases;
