/** What a text of the peer's would do if it were ever run. */
export const CODE = "globalThis.hostile = true";

/** What a page exposes to a peer that it does not trust: something of each kind. */
export class Account {
  static open = (): Account => new Account();
  balance = 1;
  deposit(amount: number): number {
    return (this.balance += amount);
  }
  self(): this {
    return this;
  }
}

export function createPage() {
  return {
    calls: [] as string[],
    touch(...args: unknown[]): number {
      return this.calls.push(`touch ${args.length}`);
    },
    echo: (value: unknown): unknown => value,
    later: async (value: unknown): Promise<unknown> => value,
    never: (): Promise<unknown> => new Promise(() => {}),
    fail: (): never => {
      throw new RangeError("no");
    },
    hand: (): (() => string) => () => "handed",
    soon: async (): Promise<Account> => new Account(),
    call: (callback: (value: unknown) => unknown): unknown => callback(CODE),
    list: [1, 2, 3],
    map: new Map([["key", 1]]),
    inner: { twice: (value: number): number => value * 2 },
    account: new Account(),
    Account,
    *forever(): Generator<number> {
      for (let count = 0; ; count++) yield count;
    },
    readable: (): ReadableStream =>
      new ReadableStream(
        { pull: (controller) => controller.enqueue(1) },
        {
          highWaterMark: 0,
        },
      ),
  };
}
export type Page = ReturnType<typeof createPage>;
