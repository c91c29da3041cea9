import {
  createHost,
  type Host,
  type Isolation,
  type LoadOptions,
  type Receipt,
  type Unit,
  type UnitManifest,
} from "leasehold";
import { leavesNothing, type Counted } from "./baseline.js";
import { depth } from "./engine.js";

export const isolations: Isolation[] = ["frame", "worker", "realm"];

/** Where a contract is being held. */
export interface Place {
  isolation: Isolation;
  /** A host with a warm domain, for all tests of the describe. */
  host(): Host;
  /** Loads one module's text here; who loads unloads. */
  load<T extends object>(code: string, options?: UnitOptions): Promise<Unit<T>>;
  /** Loads one module's text here, hands the unit to `body`, and unloads it. */
  use<T extends object>(code: string, body: (unit: Unit<T>) => unknown, options?: UnitOptions): Promise<Receipt>;
}

export type UnitOptions = LoadOptions & { manifest?: Partial<UnitManifest> };

const counted = (host: Host): Counted => ({ stats: () => ({ ...host.stats() }) });

/**
 * Describes once what holds wherever a unit runs: each test is run in a frame, in a worker and in a realm, and fails when it
 * leaves something behind.
 */
export function inEveryIsolation(title: string, define: (place: Place) => void, places = isolations): void {
  for (const isolation of places) {
    const suite = describe(`${title}, in a ${isolation}`, () => {
      let host: Host;
      before(() => void (host = createHost({ pool: { [isolation]: 1 } })));
      after(() => host.dispose());
      leavesNothing({ hosts: () => [counted(host)] });

      const load = <T extends object>(code: string, { manifest, ...options }: UnitOptions = {}): Promise<Unit<T>> =>
        host.load<T>({ code, manifest: { name: "sample", version: "1.0.0", ...manifest } }, { isolation, ...options });
      define({
        isolation,
        host: () => host,
        load,
        async use<T extends object>(code: string, body: (unit: Unit<T>) => unknown, options?: UnitOptions) {
          const unit = await load<T>(code, options);
          try {
            await body(unit);
          } catch (error) {
            await unit.unload({ mode: "force" });
            throw error;
          }
          return unit.unload();
        },
      });
    });
    if (depth === "quick" && isolation !== "realm") keepEveryOther(suite, isolation === "frame" ? 0 : 1);
  }
}

/** Takes every other test out, so that a quick run holds a contract in frames and workers by turns. */
function keepEveryOther(suite: Mocha.Suite, first: 0 | 1): void {
  const all: Mocha.Test[] = [];
  suite.eachTest((test) => void all.push(test));
  const kept = new Set(all.filter((_, index) => index % 2 === first));
  const prune = (each: Mocha.Suite): void => {
    each.tests = each.tests.filter((test) => kept.has(test));
    each.suites.forEach(prune);
  };
  prune(suite);
}
