import { quantitiesIn, valueOf } from "./quantities.js";

/** Bytes that one cycle may leave: of heap in all, as the engine compiles as it goes, and of what is neither code nor text. */
export const bounds = { heap: 500, objects: 100 };

/**
 * What became of everything that was counted in one run. Heap is judged from the second record on, because before it the
 * engine compiles what it will need; anything else must never be more than it was before the first cycle.
 * @param {{ records: object[] }} run
 */
export function judge({ records }) {
  const [start, early] = records;
  const late = records.at(-1);
  return quantitiesIn(start).map((quantity) => {
    const [from, to] = [quantity.isHeap ? early : start, late];
    const perCycle = (valueOf(to, quantity) - valueOf(from, quantity)) / Math.max(1, to.cycles - from.cycles);
    return {
      ...quantity,
      start: valueOf(start, quantity),
      early: valueOf(early, quantity),
      late: valueOf(late, quantity),
      perCycle,
      isKept: quantity.isHeap
        ? perCycle <= (bounds[quantity.name] ?? bounds.heap)
        : records.every((record) => isNoMore(quantity, record, start)),
    };
  });
}

/**
 * Whether nothing but heap is more than it was.
 * @param {object} record
 * @param {object} start
 */
export const isBack = (record, start) =>
  quantitiesIn(start).every((quantity) => quantity.isHeap || isNoMore(quantity, record, start));

const isNoMore = (quantity, record, start) => valueOf(record, quantity) <= valueOf(start, quantity);
