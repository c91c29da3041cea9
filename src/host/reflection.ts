import { DISPOSE } from "../dispose.js";
import type { Account } from "../lifetime/index.js";
import type { ExportRecord, Mirror, Remote } from "../remoting/index.js";
import { listDescriptors, obtainDescriptor, recordsIn, type Keeper } from "./export-descriptor.js";
import { Hold } from "./hold.js";
import { noSuchExport } from "./no-such-export.js";
import type { ExportDescriptor, Reflection } from "./reflection-types.js";

/**
 * Describes what a unit exports; see `Reflection`.
 * @param collectible whether the unit can be unloaded
 */
export async function createReflection(
  account: Account,
  mirror: Remote<Mirror>,
  collectible: boolean,
): Promise<Reflection> {
  const entry = { kind: "reflection", label: "exports", isTracked: true } as const;
  const { hold, answer } = await Hold.during(account, entry, () => mirror.describe());
  return new LeasedReflection(recordsIn(answer), { hold, collectible });
}

class LeasedReflection implements Reflection {
  readonly exports: ExportDescriptor[];
  readonly #records: ExportRecord[];
  readonly #keeper: Keeper;

  constructor(records: ExportRecord[], keeper: Keeper) {
    this.#records = records;
    this.#keeper = keeper;
    keeper.owner = this;
    keeper.hold.giveTo(this);
    this.exports = listDescriptors(records, keeper);
  }

  get(name: string): ExportDescriptor {
    const { hold } = this.#keeper;
    hold.check();
    const record = this.#records.find((each) => each.name === name);
    if (record) return obtainDescriptor(record, this.#keeper);
    const names = this.#records.map((each) => each.name);
    throw noSuchExport(hold.lease.account.unit, name, names);
  }

  release(): void {
    this.#keeper.hold.release();
  }

  [DISPOSE](): void {
    this.release();
  }
}
