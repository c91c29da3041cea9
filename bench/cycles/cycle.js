import { unitCode } from "./unit-code.js";

/**
 * Loads a unit, uses it in all the ways that hold something on either side, lets go, and unloads it.
 * @param {import("../../src/index.js").Host} host
 * @param {typeof import("../../src/index.js").release} release
 * @param {import("../../src/index.js").Isolation} isolation
 * @param {number} number of this cycle
 * @returns {Promise<Record<string, number>>} what the receipt says was released
 */
export async function cycle(host, release, isolation, number) {
  const unit = await host.load({ code: unitCode(number) }, { isolation });
  const { exports } = unit;
  expect((await exports.statistics([1, 2, 3], 2)).sum, 19);

  const counter = await exports.counter();
  await counter.add(2);
  expect(await counter.add(3), 5);
  const doubler = await exports.doubler();
  expect(await doubler(21), 42);
  expect(await exports.listen((given) => given + 1), number + 1);

  release([counter, doubler]);
  const { released, rejectedCalls, finalizerErrors } = await unit.unload();
  expect(rejectedCalls, 0);
  expect(finalizerErrors.length, 0);
  return released;
}

function expect(found, wanted) {
  if (found !== wanted) throw new Error(`The unit answered ${found} instead of ${wanted}`);
}
