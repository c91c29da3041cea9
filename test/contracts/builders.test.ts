import { expect } from "chai";
import {
  createHost,
  release,
  type CodeBuilder,
  type LeaseSnapshot,
  type ModuleBuilder,
  type TypeBuilder,
  type Unit,
  type UnitBuilder,
} from "leasehold";
import { failureOf } from "../support/account.js";
import { collect, collectUntil } from "../support/collect.js";
import { inEveryIsolation } from "../support/every-isolation.js";
import { rejection } from "../support/rejection.js";
import { until } from "../support/until.js";

interface Rule {
  limit: number;
  grade(score: number): string;
}
interface Rules {
  levels: { high: number };
  Rule: new (limit: number) => Rule;
  Strict: new () => Rule;
  grade(score: number): string;
  fail(): never;
}

/** The parts of a builder that somebody has. */
interface Parts {
  unit: UnitBuilder;
  module: ModuleBuilder;
  type: TypeBuilder;
}

const builders = (unit: Unit): LeaseSnapshot[] => unit.whyAlive().holders.filter(({ kind }) => kind === "builder");
const paths = (unit: Unit): string[] => builders(unit).map(({ path }) => path.join(" → "));

inEveryIsolation("a unit that is generated", ({ isolation, host }) => {
  const load = (source: UnitBuilder): Promise<Unit<Rules>> => host().load<Rules>(source, { isolation });

  function define(): Parts {
    const unit = host().define("rules", "1.0.0");
    const base = unit.module("base.js");
    base.type("Base").method("describe", ["grade"], "return `${this.constructor.name}: ${grade}`").release();
    base.release();
    const module = unit.module();
    module.import("./base.js", ["Base"]).constant("levels", { high: 90 });
    const type = module.type("Rule", { extends: "Base" });
    type
      .field("limit", 50)
      .method("constructor", ["limit"], "super();\nthis.limit = limit;")
      .method("grade", ["score"], (code) =>
        code
          .block("if (score >= levels.high)", (inner) => inner.line("return this.describe('high')"))
          .line("return this.describe(score > this.limit ? 'passed' : 'failed')"),
      );
    module.type("Strict", { extends: "Rule" }).method("constructor", [], "super(80);").release();
    module.function("grade", ["score"], (code) => code.local("rule", "new Rule(60)").line("return rule.grade(score)"));
    module.function("fail", [], (code) =>
      code.line("\n// above").block("if (true)", (inner) => inner.line("throw new Error('no')")),
    );
    return { unit, module, type };
  }

  /** Lets go of all parts, and takes the unit back. */
  async function end(unit: Unit, parts: Partial<Parts>): Promise<void> {
    for (const part of Object.values(parts) as { release(): void }[]) part.release();
    await unit.unload();
  }

  it("is loaded, called and unloaded like any other, its classes by other modules' too", async () => {
    const parts = define();
    expect(await host().inspect(parts.unit)).to.deep.equal({ name: "rules", version: "1.0.0" });
    const unit = await load(parts.unit);
    expect(unit.id).to.equal("rules@1.0.0");
    expect(await unit.exports.levels).to.deep.equal({ high: 90 });
    expect(await unit.exports.grade(70)).to.equal("Rule: passed");
    const strict = await new unit.exports.Strict();
    expect(await Promise.all([strict.limit, strict.grade(70), strict.grade(95)])).to.deep.equal([
      80,
      "Strict: failed",
      "Strict: high",
    ]);
    release(strict);
    await end(unit, parts);
  });

  it("imports from units that it requires, and extends their classes", async () => {
    const library = host().define("@acme/shapes", "1.4.0");
    library.module().import("./base.js", ["Base"]).type("Shape", { extends: "Base" }).release();
    library.module("base.js").type("Base").method("area", [], "return this.side ** 2").release();
    const builder = host().define("squares", "1.0.0");
    const module = builder.module();
    module.import("@acme/shapes@^1.2.0", ["Shape"]).import("@acme/shapes/base.js", ["Base"]);
    module.type("Square", { extends: "Shape" }).field("side", 3).release();
    module.function("isShape", ["side"], "return new Square() instanceof Base;");
    const required = await host().load(library, { isolation });
    library.release();
    const unit = await host().load<{ Square: new () => { area(): number }; isShape(): boolean }>(builder, {
      isolation,
    });
    const square = await new unit.exports.Square();
    expect([await square.area(), await unit.exports.isShape()]).to.deep.equal([9, true]);
    release(square);
    await end(unit, { unit: builder, module });
    // Its module builders were dropped, and hold it until they are collected.
    await required.unload({ mode: "force" });
  });

  it("is loaded again from what was saved, and is held by no builder then", async () => {
    const { unit: builder, ...others } = define();
    const saved = JSON.stringify(builder.build());
    const unit = await host().load<Rules>(JSON.parse(saved), { isolation });
    expect(await unit.exports.grade(95)).to.equal("Rule: high");
    expect(builders(unit)).to.deep.equal([]);
    await unit.unload();
    for (const part of [builder, ...Object.values(others)]) part.release();
  });

  it("has its own address and lines in the stacks of its errors", async () => {
    const parts = define();
    const text = parts.unit.build().modules["index.js"] as string;
    const line = text.slice(0, text.indexOf("throw new Error")).split("\n").length;
    const unit = await load(parts.unit);
    const error = await rejection(unit.exports.fail());
    expect(error.stack).to.include(`unit:///rules@1.0.0/index.js:${line}:`);
    await end(unit, parts);
  });

  const chains = { unit: "host → rules", module: "host → rules → index.js", type: "host → rules → index.js → Rule" };
  for (const [name, path] of Object.entries(chains) as [keyof Parts, string][]) {
    it(`L5 is held by its ${name} builder alone, is told by whose chain, and goes when that is released`, async () => {
      const parts = define();
      const unit = await load(parts.unit);
      const { [name]: part, ...others } = parts;
      expect(paths(unit).toSorted()).to.deep.equal(Object.values(chains));
      for (const other of Object.values(others) as { release(): void }[]) other.release();
      const unloading = unit.unload();
      const blocked = await rejection(unit.unload({ deadline: 20 }));
      expect(blocked).to.include({ name: "UnloadBlockedError" });
      expect(blocked.message).to.match(new RegExp(`1 builder\\s+${path.split(" ").at(-1)}\\s+held by host`));
      expect(paths(unit)).to.deep.equal([path]);
      expect(unit.state).to.equal("unloading");
      part.release();
      expect(await unloading).to.deep.include({ reason: "requested", rejectedCalls: 0 });
    });
  }

  it("L5 is held by a code builder for as long as its callback runs, or until that lets go of it", async () => {
    const { unit: builder, module, type } = define();
    const unit = await load(builder);
    for (const part of [builder, type]) part.release();
    let seen: string[] = [];
    module.function("late", [], (code) =>
      code.block("for (;;)", (inner) => {
        seen = paths(unit);
        inner.release();
        expect(paths(unit)).to.have.length(2);
      }),
    );
    expect(seen).to.deep.equal([
      "host → rules → index.js",
      "host → rules → index.js → late()",
      "host → rules → index.js → late() → for (;;)",
    ]);
    expect(paths(unit)).to.deep.equal(["host → rules → index.js"]);
    const failing = (): unknown =>
      module.function("later", [], () => {
        throw new Error("changed my mind");
      });
    expect(failureOf(failing).message).to.equal("changed my mind");
    expect(paths(unit)).to.deep.equal(["host → rules → index.js"]);
    await end(unit, { module });
  });

  it("L5 is held by parts that are made after the load, also of what it does not have itself", async () => {
    const { unit: builder, module, type } = define();
    const unit = await load(builder);
    const late = builder.module("late.js");
    for (const part of [builder, module, type]) part.release();
    const added = late.type("Added").field("x");
    late.release();
    expect(paths(unit)).to.deep.equal(["host → rules → late.js → Added"]);
    expect(await unit.exports.grade(0)).to.equal("Rule: failed");
    await end(unit, { type: added });
  });

  it("is held, by parts whose own builder was released before, by their whole chain", async () => {
    const { unit: builder, module, type } = define();
    module.release();
    const unit = await load(builder);
    builder.release();
    expect(paths(unit)).to.deep.equal(["host → rules → index.js → Rule"]);
    await end(unit, { type });
  });

  it("is held each time that it is loaded, until the parts are released", async () => {
    const { unit: builder, module, type } = define();
    const first = await load(builder);
    module.constant("version", 2);
    const second = await load(builder);
    expect(second.id).to.equal("rules@1.0.0#2");
    type Versioned = Unit<{ version: number }>;
    expect(await (second as unknown as Versioned).exports.version).to.equal(2);
    expect(await rejection((first as unknown as Versioned).exports.version)).to.include({ code: "no-such-member" });
    expect([paths(first), paths(second)]).to.deep.equal([Object.values(chains), Object.values(chains)]);
    await first.unload({ mode: "force" });
    expect(paths(second)).to.deep.equal(Object.values(chains));
    const third = await load(builder);
    for (const part of [builder, module, type]) part.release();
    expect([paths(second), paths(third)]).to.deep.equal([[], []]);
    await Promise.all([second.unload(), third.unload()]);
  });

  it("lets go of a part by its lease, on every unit that has it", async () => {
    const { unit: builder, module, type } = define();
    const [one, other] = [await load(builder), await load(builder)];
    const unloading = [one.unload(), other.unload()];
    expect(host().release(one.whyAlive().release)).to.equal(3);
    expect((await Promise.all(unloading)).map(({ reason }) => reason)).to.deep.equal(["requested", "requested"]);
    for (const use of [() => builder.build(), () => module.constant("x", 1), () => type.field("x")])
      expect(failureOf(use)).to.include({ name: "InvalidStateError", code: "released" });
    expect(await rejection(load(builder))).to.include({ name: "InvalidStateError", code: "released" });
  });

  it("goes by itself, where it is automatic, once its parts are released", async () => {
    const parts = define();
    const unit = await host().load<Rules>(parts.unit, { isolation, collectible: "auto" });
    unit.release();
    expect(await unit.exports.grade(0)).to.equal("Rule: failed");
    expect(unit.state).to.equal("active");
    for (const part of Object.values(parts) as { release(): void }[]) part.release();
    expect((await unit.unloaded).reason).to.equal("collected");
  });

  it("is let go of when the parts are collected as garbage, each by itself", async () => {
    let kept: TypeBuilder | undefined;
    const unit = await (() => {
      const { unit: builder, type } = define();
      kept = type;
      return load(builder);
    })();
    await collectUntil("only the type is left", () => paths(unit).length === 1);
    expect(paths(unit)).to.deep.equal([chains.type]);
    kept?.field("still", 1);
    kept = undefined;
    await collectUntil("nothing is left", () => paths(unit).length === 0);
    await unit.unload();
  });

  it("does not keep parts from being collected that what it was sent leads to", async () => {
    const unit = await (async () => {
      const { unit: builder, module } = define();
      module.constant("kept", null).function("keep", ["given"], "globalThis.kept = given;");
      const loaded = await load(builder);
      await (loaded.exports as unknown as { keep(given: () => unknown): Promise<void> }).keep(() => builder.build());
      return loaded;
    })();
    const unloading = unit.unload();
    await collectUntil("the builder is collected, with what captured it", () => paths(unit).length === 0);
    expect((await unloading).reason).to.equal("requested");
  });

  it("has what it was sent for as long as somebody has a part", async () => {
    const { unit: builder, module, type } = define();
    module.function("keep", ["given"], "setInterval(() => given().catch(() => {}), 5);");
    const unit = await load(builder);
    for (const part of [builder, module]) part.release();
    let calls = 0;
    await (unit as unknown as Unit<{ keep(given: () => void): void }>).exports.keep(() => void calls++);
    const unloading = unit.unload();
    for (let turn = 0; turn < 5; turn++) await collect();
    const before = calls;
    await until("it still calls", () => calls > before + 2);
    type.field("x").release();
    await unloading;
  });

  it("leaves nothing where its load fails, and its builder goes on", async () => {
    const parts = define();
    const broken = parts.module.type("Broken").method("x", [], "");
    parts.module.function("activate", [], "throw new Error('not now');");
    expect((await rejection(load(parts.unit))).message).to.include("not now");
    expect(host().snapshot()).to.deep.equal({ units: [], leases: [] });
    broken.field("y", 1);
    expect(parts.unit.build().modules["index.js"]).to.include("y = 1");
    for (const part of [...Object.values(parts), broken]) part.release();
  });

  it("may be released by who hears of its lease", async () => {
    const { unit: builder, module, type } = define();
    const revoke = (event: Event): void => {
      const { lease } = (event as CustomEvent<{ lease: LeaseSnapshot }>).detail;
      if (lease.kind === "builder") host().release([lease.id]);
    };
    host().addEventListener("lease", revoke);
    const unit = await load(builder);
    host().removeEventListener("lease", revoke);
    expect(paths(unit)).to.deep.equal([]);
    for (const use of [() => builder.build(), () => module.constant("x", 1), () => type.field("x")])
      expect(failureOf(use)).to.include({ code: "released" });
    await unit.unload();
  });
});

describe("a host's define()", () => {
  it("tells of a wrong name or version at once", async () => {
    await using host = createHost({ pool: {} });
    expect(failureOf(() => host.define("Rules"))).to.include({ name: "LoadError", code: "manifest-invalid" });
    expect(failureOf(() => host.define("rules", "one"))).to.include({ name: "LoadError", code: "manifest-invalid" });
  });

  it("makes builders that a code builder's user cannot use for longer than the call", async () => {
    await using host = createHost({ pool: {} });
    let kept: CodeBuilder | undefined;
    host
      .define("rules")
      .module()
      .function("f", [], (code) => void (kept = code));
    expect(failureOf(() => kept?.line("late()"))).to.include({ name: "InvalidStateError", code: "released" });
  });
});
