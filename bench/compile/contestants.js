/** Functions that are compiled, called and released in one turn. */
const BATCH = 100;

/** Counts the functions of all contestants. */
let serial = 0;

/**
 * Ways to compile functions, call each once and forget it; each returns the sum of what they answered. No two of the functions have
 * the same text, as the engine would compile those once.
 * @param {import("leasehold").Isolation} isolation
 */
export async function contestants(isolation) {
  const { createHost, release } = await import("/dist/leasehold.js");
  const host = createHost({ pool: {} });
  const unit = await host.load({ code: "export const nothing = 0;" }, { isolation });

  const compileAndCall = async () => {
    const fn = await unit.compile(["a"], `return a + ${++serial} * 0;`);
    return { fn, result: await fn(1) };
  };
  const run = {
    async "compile(), one at a time"(count) {
      let sum = 0;
      for (let index = 1; index <= count; index++) {
        const { fn, result } = await compileAndCall();
        sum += result * index;
        release(fn);
      }
      return sum;
    },
    async "compile(), 100 in one turn"(count) {
      let sum = 0;
      for (let index = 0; index < count; index += BATCH) {
        const made = await Promise.all(Array.from({ length: BATCH }, compileAndCall));
        made.forEach(({ fn, result }, at) => {
          sum += result * (index + at + 1);
          release(fn);
        });
      }
      return sum;
    },
    "new Function, in the unit": (count) => unit.inside(construct, count, (serial += count)),
    "new Function, in the page": (count) => construct(undefined, count, (serial += count)),
  };
  return { run, close: () => host.dispose() };
}

function construct(_exports, count, serial) {
  let sum = 0;
  for (let index = 1; index <= count; index++) {
    sum += new Function("a", `"use strict"; return a + ${serial + index} * 0;`)(1) * index;
  }
  return sum;
}
