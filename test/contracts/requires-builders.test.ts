import { expect } from "chai";
import { requiring, unit } from "../support/requiring.js";

requiring("a unit that is required as it is being generated", ({ host, resolve, load }) => {
  it("is kept by the parts of its builder, once for each, however many require it", async () => {
    const builder = host().define("shapes", "1.1.0");
    const module = builder.module();
    module.type("Shape").method("area", [], "return 4;").release();
    resolve(() => builder);
    const code = `import { Shape } from "shapes"; class Square extends Shape {} export const area = () => new Square().area();`;
    const source = (name: string) => unit(name, code, { requires: { shapes: "^1.0.0" } });
    const one = await load<{ area(): number }>(source("one"));
    const two = await load<{ area(): number }>(source("two"));
    expect([await one.exports.area(), await two.exports.area()]).to.deep.equal([4, 4]);

    const shapes = host().units.get("shapes@1.1.0")!;
    const holders = (): string[] => shapes.whyAlive().holders.map(({ kind, path }) => [kind, ...path].join(" "));
    const user = (name: string): string => `dependent host ${name}@1.0.0 ${name}@1.0.0 requires shapes ^1.0.0`;
    const parts = ["builder host shapes", "builder host shapes index.js"];
    expect(holders()).to.have.members([user("one"), user("two"), ...parts]);
    await Promise.all([one.unload(), two.unload()]);
    expect(holders()).to.have.members(parts);
    builder.release();
    expect(shapes.state).to.equal("active");
    module.release();
    expect(await shapes.unloaded).to.include({ reason: "collected" });
  });
});
