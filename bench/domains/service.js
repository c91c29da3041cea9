/** What every peer calls: the same two functions on the other side of the boundary. */
export const serviceCode = `
function add(a, b) { return a + b; }
function take(buffer) { return buffer.byteLength; }
`;

/** The same as a module, which is what a unit is. */
export const unitCode = `${serviceCode}\nexport { add, take };`;

/** A list, and three calls to map over it: from `x` to `2 * (x + 1) - 3`. */
export const planCode = `
const numbers = Array.from({ length: 10_000 }, (_, index) => index);
function list() { return numbers; }
function a(x) { return x + 1; }
function b(x) { return x * 2; }
function c(x) { return x - 3; }
`;

/**
 * An immutable object, whose method answers with another one.
 * @param {object} [options]
 * @param {string} [options.parent] the class that a peer passes by reference
 * @param {string} [options.mark] the function by which a peer marks what goes by reference
 */
export const counterCode = ({ parent = "Object", mark = "" } = {}) => `
class Counter extends ${parent} {
  #count = 0;
  static at(count) {
    const counter = new Counter();
    counter.#count = count;
    return ${mark}(counter);
  }
  next() { return Counter.at(this.#count + 1); }
  value() { return this.#count; }
}
function counter() { return Counter.at(0); }
`;
