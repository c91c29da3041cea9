import { expect } from "chai";
import { createHost, type Host, type HostOptions, type LoadOptions, type Unit, type UnitManifest } from "leasehold";
import { leavesNothing } from "../support/baseline.js";
import { isolations } from "../support/every-isolation.js";
import { rejection } from "../support/rejection.js";

/** A package as units are given to `load` and by `resolve`. */
function unit(
  name: string,
  code: string | Record<string, string>,
  manifest: Partial<UnitManifest> = {},
): { manifest: UnitManifest; modules: Record<string, string> } {
  const modules = typeof code === "string" ? { "index.js": code } : code;
  return { manifest: { name, version: "1.0.0", ...manifest }, modules };
}

type Source = ReturnType<typeof unit>;

/** What finds units among some, by name, the first that is there. */
const among =
  (...sources: Source[]): NonNullable<HostOptions["resolve"]> =>
  (name) =>
    sources.find(({ manifest }) => manifest.name === name);

const shapes = unit(
  "shapes",
  {
    "index.js": `export class Shape { area() { return 0; } } export const made = []; export * from "./lib/count.js";`,
    "lib/count.js": `export let count = 0; export const add = () => ++count;`,
  },
  { version: "1.2.3" },
);

for (const isolation of isolations) {
  describe(`units that require units, in a ${isolation}`, () => {
    const hosts: Host[] = [];
    let resolve: NonNullable<HostOptions["resolve"]> = () => undefined;
    before(() => void hosts.push(createHost({ pool: { [isolation]: 1 }, resolve: (...args) => resolve(...args) })));
    after(() => hosts[0]?.dispose());
    leavesNothing({ hosts: () => hosts.map((host) => ({ stats: () => ({ ...host.stats() }) })) });
    beforeEach(() => void (resolve = () => undefined));

    const host = (): Host => hosts[0] as Host;
    const load = <T extends object>(source: Source, options: LoadOptions = {}): Promise<Unit<T>> =>
      host().load<T>(source, { isolation, ...options });
    const gone = (id: string): Promise<unknown> | undefined => host().units.get(id)?.unloaded;

    it("extend its classes and see its variables", async () => {
      resolve = among(shapes);
      const app = await load<{ area(): number; count(): number; isShape(): boolean }>(
        unit(
          "app",
          `import { Shape, count as n, add } from "shapes"; import * as all from "shapes"; import { count } from "shapes/lib/count.js";
           class Square extends Shape { area() { return super.area() + 4; } }
           export const area = () => new Square().area();
           export const isShape = () => new Square() instanceof all.Shape;
           const read = () => [n, count, all.count].join();
           export { read as count };
           add();`,
          { requires: { shapes: "^1.0.0" } },
        ),
      );
      expect(await app.exports.area()).to.equal(4);
      expect(await app.exports.isShape()).to.equal(true);
      expect(await app.exports.count()).to.equal("1,1,1");
      const required = host().units.get("shapes@1.2.3") as Unit;
      expect(required).to.include({ state: "active", collectible: "auto" });
      const { holders } = required.whyAlive();
      expect(holders).to.have.length(1);
      expect(holders[0]).to.deep.include({
        kind: "dependent",
        holder: "app@1.0.0",
        label: "app@1.0.0 requires shapes ^1.0.0",
        path: ["host", "app@1.0.0", "app@1.0.0 requires shapes ^1.0.0"],
      });
      await app.unload();
      expect(await required.unloaded).to.include({ reason: "collected" });
    });

    it("share one instance of what two of them require", async () => {
      const code = (name: string) => `import { made } from "shapes"; made.push("${name}"); export { made };`;
      resolve = among(
        shapes,
        unit("left", code("left"), { requires: { shapes: "*" } }),
        unit("right", code("right"), { requires: { shapes: "~1.2.0" } }),
      );
      const app = await load<{ made: string[]; same: boolean }>(
        unit(
          "app",
          `import * as l from "left"; import * as r from "right"; export const made = l.made; export const same = l.made === r.made;`,
          {
            requires: { left: "1", right: "1" },
          },
        ),
      );
      expect(await app.exports.made).to.deep.equal(["left", "right"]);
      expect(await app.exports.same).to.equal(true);
      await app.unload();
      await gone("shapes@1.2.3");
    });

    it("are refused where nothing provides it, naming every requester and range", async () => {
      resolve = among(unit("left", "", { requires: { shapes: "^2.0.0" } }));
      const error = await rejection(load(unit("app", "", { requires: { left: "1", shapes: "^1.0.0" } })));
      expect(error).to.include({ name: "LoadError", code: "requirement-missing", unit: "app" });
      expect(error.message)
        .to.include("app@1.0.0 requires shapes ^1.0.0")
        .and.include("left@1.0.0 requires shapes ^2.0.0");
    });
  });
}
