import type { Remote } from "leasehold/remoting";

/** What the party that connects exposes to the other. */
export interface Caller {
  add(a: number, b: number): number;
}

/** What the other party exposes, wherever it runs; it calls back through `caller`, once there is one. */
export const methods = {
  caller: undefined as Remote<Caller> | undefined,
  returned: undefined as number | undefined,

  multiply: (a: number, b: number) => a * b,
  multiplyLater: async (a: number, b: number) => a * b,
  promiseOfPromise: async (a: number, b: number) => Promise.resolve(Promise.resolve(a * b)),
  nested: { once: (input: string) => input, by: { two: (input: string) => input } },
  "with.period": () => "success",
  apply: () => "apply result",
  call: () => "call result",
  sum: (numbers: Int32Array) => numbers.reduce((total, number) => total + number, 0),

  async addThroughCaller() {
    methods.returned = await methods.caller!.add(3, 6);
  },
  whatCallerReturned: () => methods.returned,

  rejectWith: (reason: unknown) => Promise.reject(reason),
  rejectWithUndefined: () => Promise.reject(undefined),
  rejectWithError: () => Promise.reject(new TypeError("test error object")),
  throwError(): never {
    throw new Error("oh no");
  },
  uncloneable: () => ({ here: new WeakMap() }),
  never: () => new Promise<number>(() => {}),
};

/** The members of `methods` that are called from outside. */
export type Methods = Omit<typeof methods, "caller" | "returned">;
