import {
  createHost,
  type Host,
  type HostOptions,
  type Isolation,
  type LoadOptions,
  type Unit,
  type UnitManifest,
} from "leasehold";
import { leavesNothing } from "./baseline.js";
import { isolations } from "./every-isolation.js";

export type Resolve = NonNullable<HostOptions["resolve"]>;
export type Source = ReturnType<typeof unit>;

/** A package as units are given to `load` and by `resolve`; its code is that of its entry. */
export function unit(
  name: string,
  code: string | Record<string, string>,
  manifest: Partial<UnitManifest> = {},
): { manifest: UnitManifest; modules: Record<string, string> } {
  const modules = typeof code === "string" ? { "index.js": code } : code;
  return { manifest: { name, version: "1.0.0", ...manifest }, modules };
}

/** What finds units among some, by name, the first that is there. */
export const among =
  (...sources: Source[]): Resolve =>
  (name) =>
    sources.find(({ manifest }) => manifest.name === name);

/** A unit that says on the console what becomes of it. */
export const telling = (name: string, requires: Record<string, string> = {}): Source =>
  unit(
    name,
    `${Object.keys(requires)
      .map((each) => `import "${each}";`)
      .join("")}
     console.info("${name} runs");
     export const activate = async ({ signal, onUnload }) => {
       await null;
       console.info("${name} is activated");
       signal.addEventListener("abort", () => console.info("${name} is asked to go"));
       onUnload(() => console.info("${name} disposes"));
     };
     export const deactivate = async () => { await null; console.info("${name} is deactivated"); };`,
    { requires },
  );

/** Where units that require units are loaded. */
export interface RequiringPlace {
  isolation: Isolation;
  host(): Host;
  /** What the host's `resolve` is in this test. */
  resolve(find: Resolve): void;
  load<T extends object>(source: Source, options?: LoadOptions): Promise<Unit<T>>;
  /** What the units of the host have logged in this test. */
  logged: string[];
  /** What the host has told in this test: "load app@1.0.0", "unload app@1.0.0 requested". */
  told: string[];
}

/** Describes once what holds wherever units run; each test has to leave nothing behind, in the host's books neither. */
export function requiring(title: string, define: (place: RequiringPlace) => void, places = isolations): void {
  for (const isolation of places) {
    describe(`${title}, in a ${isolation}`, () => {
      const logged: string[] = [];
      const told: string[] = [];
      let find: Resolve = () => undefined;
      let host: Host;
      before(() => {
        host = createHost({ pool: { [isolation]: 1 }, resolve: (...wish) => find(...wish) });
        host.addEventListener("log", (event) =>
          logged.push((event as CustomEvent<{ args: string[] }>).detail.args.join(" ")),
        );
        for (const type of ["load", "unload"])
          host.addEventListener(type, (event) => {
            const { detail } = event as CustomEvent<{ unit: Unit; receipt?: { reason: string } }>;
            told.push([type, detail.unit.id, detail.receipt?.reason ?? []].flat().join(" "));
          });
      });
      after(() => host.dispose());
      leavesNothing({ hosts: () => [{ stats: () => ({ ...host.stats() }) }] });
      beforeEach(() => {
        logged.length = told.length = 0;
        find = () => undefined;
      });
      define({
        isolation,
        host: () => host,
        resolve: (next) => void (find = next),
        load: (source, options = {}) => host.load(source, { isolation, ...options }),
        logged,
        told,
      });
    });
  }
}
