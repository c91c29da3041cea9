/** A unit that makes things, keeps things, and passes them on; for tests of lifetimes. */
export const keeperCode = `
  const kept = new Map();
  let context;
  export const activate = (given) => { context = given; };
  export class Point {
    constructor(x = 0) { this.x = x; }
    read() { return this.x; }
    never() { return new Promise(() => {}); }
    on(listener) { this.listener = listener; }
    fire(value) { return this.listener(value); }
    self() { return this; }
  }
  export const make = (x) => new Point(x);
  export const add = () => (a, b) => a + b;
  export const keep = (name, value) => { kept.set(name, value); };
  export const drop = (name) => {
    const value = kept.get(name);
    kept.delete(name);
    value[Symbol.dispose]?.();
  };
  export const call = (name, method, ...args) => kept.get(name)[method](...args);
  export const apply = (name, ...args) => kept.get(name)(...args);
  export const give = (name) => kept.get(name);
  export const never = () => new Promise(() => {});
  export const start = (label) => { kept.set(label, context.activity(label)); };
  export const stop = (label) => { kept.get(label).release(); };
  export const count = () => kept.size;
`;

export interface Point {
  x: number;
  read(): number;
  never(): Promise<void>;
  on(listener: (value: number) => unknown): void;
  fire(value: number): unknown;
  self(): Point;
}

export interface Keeper {
  Point: new (x?: number) => Point;
  make(x?: number): Point;
  add(): (a: number, b: number) => number;
  keep(name: string, value: unknown): void;
  /** Lets go of what was kept. */
  drop(name: string): void;
  call(name: string, method: string, ...args: unknown[]): unknown;
  apply(name: string, ...args: unknown[]): unknown;
  give(name: string): unknown;
  never(): Promise<void>;
  start(label: string): void;
  stop(label: string): void;
  count(): number;
}
