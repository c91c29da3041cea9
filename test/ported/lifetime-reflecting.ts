import type { Remote } from "leasehold";

interface Descriptor {
  readonly name: string;
  readonly kind: "class" | "function" | "value";
  readonly collectible: boolean;
  readonly methods?: Descriptor[];
  readonly statics?: Descriptor[];
  arrayOf(): Descriptor;
  release(): void;
}
/** Names a type, a method or a field of a unit. */
export interface Token {
  readonly unit: string;
  readonly path: string;
  toString(): string;
  release(): void;
}
interface Binding<V> {
  get(): Promise<V>;
  set(value: V): Promise<void>;
  release(): void;
}
/** What a unit has that tells of its exports. */
export interface Reflecting {
  binding<V>(name: string): Promise<Binding<V>>;
  collectionOf<M>(name: string): { readonly size: number; add(item: Remote<M>): unknown; release(): void };
  handle(path: string): Promise<Token>;
  reflect(): Promise<{ readonly exports: Descriptor[]; get(name: string): Descriptor; release(): void }>;
}
/** What a host has for handles. */
export interface Resolving {
  resolveHandle<T>(handle: Token | string): Remote<T>;
}
