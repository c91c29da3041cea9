import { release } from "leasehold";

/** What a text of the unit's would do if it were ever run in the page. */
export const CODE = "globalThis.hostile = true";

/** What a page gives to a unit that it does not trust: something of each kind. */
export class Service {
  readonly calls: string[] = [];
  readonly list = [1, 2, 3];
  readonly inner = { twice: (value: number): number => value * 2 };
  readonly Account = Account;
  readonly Object = Object;
  readonly Reflect = Reflect;
  readonly element = Object.assign(document.createElement("div"), { expando: { touch: () => 1 } });
  readonly view = window;
  reads = 0;

  get observed(): number {
    return ++this.reads;
  }
  touch(...args: unknown[]): number {
    return this.calls.push(`touch ${args.length}`);
  }
  echo(value: unknown): unknown {
    return value;
  }
  async later(value: unknown): Promise<unknown> {
    return value;
  }
  call(callback: (value: unknown) => unknown): unknown {
    return callback(1);
  }
  fail(): never {
    throw Object.assign(new RangeError("no"), { inner: new Error("why") });
  }
  /** Throws what only looks like an error, as classes of errors were once made. */
  legacy(): never {
    const error = Object.create(Error.prototype) as { message: string };
    Object.defineProperty(error, "stack", { value: new Error("of the page").stack, enumerable: true });
    error.message = "legacy";
    throw error as Error;
  }
  document(): Document {
    return document;
  }
  hand(): () => string {
    return () => "handed";
  }
  /** Takes text, and does with it what a page does that expects text. */
  text(value: string): string {
    try {
      return `${value}!`;
    } finally {
      release(value);
    }
  }
}

export class Account {
  static open = (): Account => new Account();
  balance = 1;
  deposit(amount: number): number {
    return (this.balance += amount);
  }
}

/** What a unit's code has of the service: anything that it likes to try. */
export type Anything = any; // eslint-disable-line @typescript-eslint/no-explicit-any
