import { Encoding, type Exporter } from "./encoding.js";

const refuse = (): never => {
  throw new TypeError("a reference");
};

/** Counts no reference: what has one is no data. */
const dataOnly: Exporter = {
  showStack: (stack) => stack,
  copiesInstances: false,
  count: refuse,
  uncount() {},
  announce() {},
  hold: refuse,
  referTo: refuse,
};

/** Whether a value can be sent without giving the other side a hold on anything. */
export function isData(value: unknown): boolean {
  try {
    new Encoding(dataOnly, "").list([value]);
    return true;
  } catch {
    return false;
  }
}
