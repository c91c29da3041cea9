const size = 1 << 20;

const filler = (n) => `
  const f${n} = (list, scale) => {
    const sum = list.reduce((total, item) => total + item * scale, ${n});
    return { name: "f${n}", sum, mean: sum / list.length, largest: Math.max(...list) };
  };`;

/** All functions but the few that are called, and an array of a megabyte: whoever keeps a unit keeps two megabytes. */
const ballast = (() => {
  const functions = [];
  for (let length = 0; length < size;) length += functions[functions.push(filler(functions.length)) - 1].length;
  return functions.join("");
})();

/**
 * A unit of one megabyte of code, no two of them with the same text.
 * @param {number} number of the cycle that it is for
 */
export const unitCode = (number) => `
  export const number = ${number};
  export const held = new Float64Array(${size / 8}).fill(number);
  export const statistics = (list, scale) => f7(list, scale);

  export class Counter {
    #count = 0;
    add(by) { return (this.#count += by); }
  }
  export const counter = () => new Counter();
  export const doubler = () => (n) => 2 * n;

  let listener; // kept for as long as the unit lives, as many a listener is
  export const listen = async (callback) => {
    listener = callback;
    return await callback(number);
  };
  ${ballast}`;
