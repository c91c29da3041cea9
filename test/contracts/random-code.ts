/** A unit that keeps whatever it is given, uses it, and hands it on; what it is told to do with nothing, it does not do. */
export const randomCode = `
  const kept = [];
  const at = (index) => kept[index % (kept.length || 1)];
  export class Thing {
    constructor(n) { this.n = n; }
    read() { return this.n; }
    self() { return this; }
  }
  export const take = (value) => { kept.push(value); };
  export const drop = (index) => { kept.splice(index % (kept.length || 1), 1)[0]?.[Symbol.dispose]?.(); };
  export const give = (index) => at(index);
  export const make = (n) => new Thing(n);
  export const makeMany = (n) => [new Thing(n), { deep: new Map([["x", new Thing(n)]]), f: (x) => x }];
  export const passOn = (to, what) => at(to)?.take?.(at(what));
  export const use = (index, method, ...args) => at(index)?.[method]?.(...args);
  export const chain = (index, n) => at(index)?.make?.(n).self().read();
  export const feed = (to) => {
    let n = 0;
    return new ReadableStream(
      { pull: (controller) => (n < to ? controller.enqueue(new Thing(++n)) : controller.close()) },
      { highWaterMark: 0 },
    );
  };
  export const read = async (index, n) => {
    const reader = (await at(index)?.feed?.(n))?.getReader();
    for (let total = 0; reader; ) {
      const { done, value } = await reader.read();
      if (done) return total;
      total += await value.read();
    }
  };
  export const fail = () => { throw Object.assign(new Error("own"), { thing: new Thing(1) }); };
  export const listen = (listener) => { kept.push({ make: (n) => listener(new Thing(n)) }); };
`;
/** What it exports. */
export type RandomApi = Record<string, (...args: unknown[]) => Promise<unknown>>;
