import { DISPOSE } from "../dispose.js";
import type { ExportRecord } from "../remoting/index.js";
import { Hold } from "./hold.js";
import type { ExportDescriptor } from "./reflection-types.js";

/** What descriptors share with what lists them. */
export interface Keeper {
  readonly hold: Hold;
  readonly collectible: boolean;
  /** What has the hold: whoever has a descriptor that it lists keeps it from being collected. */
  owner?: object;
}

const kinds: ReadonlySet<unknown> = new Set<ExportDescriptor["kind"]>(["class", "function", "value"]);

/** Descriptors that share a hold, of records as a unit's domain sent them; what is no record is left out. */
export function listDescriptors(records: unknown, keeper: Keeper): ExportDescriptor[] {
  return recordsIn(records).map((record) => new LeasedDescriptor(record, keeper, true));
}

/** A descriptor with a hold of its own, which goes on when the one ends that it was reached through. */
export function obtainDescriptor(record: ExportRecord, { hold: { lease }, collectible }: Keeper): ExportDescriptor {
  const hold = new Hold(lease.account, { kind: "reflection", label: record.name, parent: lease, isTracked: true });
  const keeper: Keeper = { hold, collectible };
  const descriptor = new LeasedDescriptor(record, keeper, false);
  keeper.owner = descriptor;
  hold.giveTo(descriptor);
  return descriptor;
}

/** The records in what a unit's domain sent. */
export function recordsIn(data: unknown): ExportRecord[] {
  return Array.isArray(data) ? data.filter(isRecord) : [];
}

function isRecord(data: unknown): data is ExportRecord {
  if (typeof data !== "object" || data === null) return false;
  const { name, kind, parameters = [] } = data as Partial<Record<keyof ExportRecord, unknown>>;
  const isText = (each: unknown): boolean => typeof each === "string";
  return isText(name) && kinds.has(kind) && Array.isArray(parameters) && parameters.every(isText);
}

/** See `ExportDescriptor`. */
class LeasedDescriptor implements ExportDescriptor {
  readonly name: string;
  readonly kind: ExportDescriptor["kind"];
  readonly collectible: boolean;
  readonly parameters: string[] | undefined;
  readonly #record: ExportRecord;
  readonly #keeper: Keeper;
  readonly #isListed: boolean;
  #methods: ExportDescriptor[] | undefined;
  #statics: ExportDescriptor[] | undefined;

  constructor(record: ExportRecord, keeper: Keeper, isListed: boolean) {
    this.name = record.name;
    this.kind = record.kind;
    this.collectible = keeper.collectible;
    this.parameters = record.parameters;
    this.#record = record;
    this.#keeper = keeper;
    this.#isListed = isListed;
  }

  get methods(): ExportDescriptor[] | undefined {
    const { methods } = this.#record;
    return (this.#methods ??= methods && listDescriptors(methods, this.#keeper));
  }

  get statics(): ExportDescriptor[] | undefined {
    const { statics } = this.#record;
    return (this.#statics ??= statics && listDescriptors(statics, this.#keeper));
  }

  arrayOf(): ExportDescriptor {
    this.#keeper.hold.check();
    return obtainDescriptor({ name: `${this.name}[]`, kind: "value" }, this.#keeper);
  }

  release(): void {
    if (!this.#isListed) this.#keeper.hold.release();
  }

  [DISPOSE](): void {
    this.release();
  }
}
