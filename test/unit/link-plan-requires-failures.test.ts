import { expect } from "chai";
import type { LeaseholdError } from "../../src/errors.js";
import { linkPlan } from "../../src/unit/link-plan.js";
import type { FaultyModule, LinkPlan } from "../../src/unit/linking.js";
import { plan, unit, type Modules } from "../support/linked.js";

function failure(own: Modules, lib: Modules, name?: string): LeaseholdError {
  try {
    plan(own, lib, name);
  } catch (error) {
    return error as LeaseholdError;
  }
  throw new Error("It was planned.");
}

const faultOf = ({ modules }: LinkPlan, key: string): FaultyModule["fault"] => (modules[key] as FaultyModule).fault;

describe("a unit that requires another one cannot be planned, or not all of it, where one", () => {
  it("lacks an export that the other one wants", () => {
    const error = failure(
      { "src/a.js": "", "index.js": `import { area, edge } from "lib/shape.js";` },
      { "shape.js": "export const area = 1;" },
    );
    expect(error).to.include({ name: "LoadError", code: "export-missing", unit: "app" });
    expect(error.message).to.equal(
      `index.js of app imports "edge" from shape.js of lib, which does not export it. It exports area.`,
    );
  });

  it("lacks a module that the other one wants", () => {
    const error = failure({ "index.js": `import "lib/missing.js";` }, { "index.js": "", "x.js": "" });
    expect(error).to.include({ name: "LoadError", code: "module-not-found", unit: "lib" });
    expect(error.message).to.equal(`lib has no module missing.js, wanted by index.js of app. It has: index.js, x.js.`);
  });

  it("lacks its entry", () => {
    const error = failure({ "index.js": `import "lib";` }, { "x.js": "" });
    expect(error).to.include({ code: "module-not-found", unit: "lib" });
    expect(error.message).to.include("lib has no module index.js, wanted by index.js of app");
  });

  it("imports what lies outside the other one", () => {
    for (const outside of ["lib/../x.js", "lib/a/../../x.js", "lib//x.js", "lib/", "lib/%2e%2e/x.js"]) {
      const error = failure({ "x.js": "", "index.js": `import "${outside}";` }, { "index.js": "", "x.js": "" });
      expect(error, outside).to.include({ name: "LoadError", code: "import-unresolved", unit: "app" });
      expect(error.message, outside).to.include(`imports "${outside}", which is no module's path inside lib`);
    }
  });

  it("imports one that it does not require, though another does", () => {
    const required = [unit("base", { "index.js": "" }), unit("lib", { "index.js": `import "base";` }, "base")];
    for (const name of ["base", "base/index.js", "app", "unit:///base@1.0.0/index.js"]) {
      const app = unit("app", { "index.js": `import "${name}";` }, "lib");
      expect(() => linkPlan(app, required), name)
        .to.throw(/index\.js of app imports/)
        .with.property("code", "import-unresolved");
    }
    const back = [unit("lib", { "index.js": `import "app";` })];
    expect(() => linkPlan(unit("app", { "index.js": `import "lib";` }, "lib"), back)).to.throw(
      /index\.js of lib imports "app"/,
    );
  });

  it("has a fault that is needed", () => {
    const needs = { "index.js": `import "lib";` };
    for (const [lib, code] of [
      [{ "index.js": "}" }, "syntax-error"],
      [{ "index.js": `import "./gone.js";` }, "module-not-found"],
      [{ "index.js": `import "./a.json";`, "a.json": "{" }, "json-invalid"],
      [{ "index.js": `import { x } from "./a.js";`, "a.js": "" }, "export-missing"],
    ] as [Modules, string][]) {
      const error = failure(needs, lib);
      expect(error).to.include({ code, unit: "lib" });
      expect(error.message).to.match(/ of lib|^lib has/);
    }
  });

  it("has a fault and is active, though nobody imports it", () => {
    const error = failure({ "index.js": "" }, { "index.js": `import "./gone.js"; export const activate = () => {};` });
    expect(error).to.include({ code: "module-not-found", unit: "lib" });
  });

  it("has an entry of which nobody can say whether it is active", () => {
    const error = failure({ "index.js": "" }, { "index.js": "}" });
    expect(error).to.include({ code: "syntax-error", unit: "lib" });
  });

  it("has a fault that is not needed, which goes with the plan", () => {
    const own = { "index.js": `export const late = () => import("./late.js");`, "late.js": `import "lib";` };
    const made = plan(own, { "index.js": `import "./x.js";`, "x.js": "}" });
    const fault = faultOf(made, "late.js");
    expect(fault).to.include({ name: "LoadError", code: "syntax-error", unit: "lib" });
    expect(faultOf(made, "/lib/index.js")).to.deep.equal(fault);
    expect(plan({ "index.js": "" }, {}).required![0]!.isActive).to.equal(false);
  });
});
