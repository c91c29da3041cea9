import { Collector, Ledger } from "../../../src/lifetime/index.js";
import { FakeUnit, type FakeUnitHooks } from "./fake-unit.js";
import type { Life } from "./model.js";

export interface Books {
  ledger: Ledger;
  load(id: string, life?: Life): FakeUnit;
  /** Has a listener hear of every change of a unit's state. */
  onChange(listener: (unit: FakeUnit) => void): void;
}

/** A host's books, with units in them whose finalizers end when the test says so. */
export function openBooks(): Books {
  const settle = (): void => collector.changed();
  const ledger = new Ledger({ onTake: () => {}, onRelease: settle, onSettled: settle });
  const collector = new Collector(ledger);
  const hooks: FakeUnitHooks = {
    asked: (_, act) => act(),
    begun() {},
    rejecting() {},
    finalizing() {},
    removing() {},
    changed() {},
    reported() {},
    callEnded() {},
  };
  return {
    ledger,
    load: (id, life = "explicit") => new FakeUnit(id, life, ledger, collector, hooks),
    onChange: (listener) => (hooks.changed = listener),
  };
}
