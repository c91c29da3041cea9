import { expect } from "chai";
import type { Unit } from "leasehold";
import { collectUntil } from "../support/collect.js";
import { inEveryIsolation, type Place } from "../support/every-isolation.js";
import { rejection } from "../support/rejection.js";

const code = `
  export const activate = ({ onUnload }) => onUnload(() => { throw new Error("late"); });
  export const never = () => new Promise(() => {});
  export const fail = () => { throw new Error("failed"); };
  export const data = () => ({ some: ["data"] });
`;
interface Sample {
  never(): Promise<void>;
  fail(): void;
  data(): unknown;
}

const registry = new FinalizationRegistry<{ left: number }>((parts) => parts.left--);

/** Counts what a unit's domain is made of, until it is collected. (To look at a WeakRef would keep it alive for the turn.) */
function partsOf(unit: Unit): { left: number } {
  const { frame } = (unit as unknown as { domain: { frame: HTMLIFrameElement } }).domain;
  const parts = { left: 1 };
  registry.register(frame, parts);
  const realm = frame.contentDocument; // null but in a realm
  if (realm) registry.register(realm, parts);
  if (realm) parts.left++;
  return parts;
}

/** Everything that a page may still hold of a unit whose life ended one way or another. */
async function remains(
  { load }: Place,
  end: (unit: Unit<Sample>) => unknown,
): Promise<{ held: unknown[]; domain: { left: number } }> {
  const unit = await load<Sample>(code);
  const domain = partsOf(unit as unknown as Unit);
  const { exports } = unit;
  const held: unknown[] = [unit, exports, exports.data, await exports.data(), await rejection(exports.fail())];
  const pending = rejection(exports.never());
  await exports.data();
  await end(unit);
  held.push(await pending, await unit.unloaded, await rejection(exports.data()));
  return { held, domain };
}

inEveryIsolation("what a page holds of a unit that is gone", (place) => {
  const ends: Record<string, (unit: Unit<Sample>) => unknown> = {
    unloaded: (unit) => unit.unload({ mode: "force" }),
    lost: (unit) => (unit as unknown as { domain: { frame: HTMLIFrameElement } }).domain.frame.remove(),
  };
  for (const [how, end] of Object.entries(ends)) {
    it(`keeps none of its domain in memory, once it is ${how}`, async () => {
      const { held, domain } = await remains(place, end);
      await collectUntil("its frame is collected", () => domain.left === 0);
      expect(held).to.have.length(8);
    });
  }

  it("keeps none of it in memory where the load failed", async () => {
    let domain = { left: 0 };
    const errors: unknown[] = [];
    for (const text of [`throw new Error("no")`, `export const activate = () => { throw new Error("no"); }`]) {
      const onProgress = ({ phase }: { phase: string }): void => {
        if (phase === "link") domain = partsOf([...place.host().units.values()][0]!);
      };
      errors.push(await rejection(place.load(text, { onProgress })));
      expect(domain.left).to.be.above(0);
      await collectUntil("its frame is collected", () => domain.left === 0);
    }
    expect(errors).to.have.length(2);
  });
});
