import { expect } from "chai";
import * as v from "valibot";
import { defineContract } from "../../src/contract/index.js";
import type { LeaseholdError } from "../../src/errors.js";

function refusalOf(definition: unknown): string {
  try {
    defineContract(definition as Parameters<typeof defineContract>[0]);
  } catch (error) {
    const { name, code, message } = error as LeaseholdError;
    expect([name, code]).to.deep.equal(["ContractError", "contract-invalid"]);
    return message;
  }
  throw new Error("It was accepted.");
}

const withMember = (member: unknown, name = "zoom"): unknown => ({
  name: "chart",
  version: "1.2.0",
  members: { [name]: member },
});

/** What is wrong, and what the message says of it. */
const faults: [what: string, definition: unknown, said: string][] = [
  ["nothing at all", undefined, "needs a name"],
  ["no name", { version: "1.0.0", members: {} }, "needs a name"],
  ["a range for a version", { name: "chart", version: "^1.0.0", members: {} }, "needs a semantic version"],
  ["no members", { name: "chart", version: "1.0.0" }, "needs members"],
  ["a member that is no object", withMember(() => 1), "must be an object"],
  ["a key that is misspelt", withMember({ arguements: [] }), 'Did you mean "arguments"?'],
  ["a name that no remote shows", withMember({}, "then"), "no remote shows"],
  ["a member of no version", withMember({ since: "soon", default: 1 }), "no semantic version"],
  ["a member that is newer than the contract", withMember({ since: "1.3.0", default: 1 }), "newer than the contract"],
  ["a newer member without a default", withMember({ since: "1.1.0" }), "needs a default"],
  ["arguments that are no list", withMember({ arguments: v.string() }), "no list of schemas"],
  ["a schema that is none", withMember({ arguments: [v.string(), String] }), "(argument 2)"],
  ["a result that is no schema", withMember({ result: "string" }), "(result)"],
  ["a value as the default of a function", withMember({ arguments: [], default: 5 }), "must be a function"],
  ["a default that cannot be copied", withMember({ default: { close() {} } }), "neither a function nor data"],
];

describe("defineContract", () => {
  for (const [what, definition, said] of faults) {
    it(`refuses ${what}, and says so`, () => expect(refusalOf(definition)).to.include(said));
  }

  it("names the contract and the member that is at fault", () =>
    expect(refusalOf(withMember({ since: "1.1.0" }))).to.include('Member "zoom" of contract chart@1.2.0'));

  it("needs no default for what an earlier major version brought", () =>
    expect(() => defineContract(withMember({ since: "0.9.0" }) as never)).not.to.throw());

  it("is not changed by what becomes of its definition", () => {
    const palette = ["red"];
    const schemas = [v.string()];
    const members = { render: { arguments: schemas }, palette: { default: palette } };
    const contract = defineContract({ name: "chart", version: "1.0.0", members });
    palette.push("green");
    schemas.pop();
    expect(contract.members.get("palette")?.default).to.deep.equal(["red"]);
    expect(contract.members.get("render")?.arguments).to.have.length(1);
    expect(contract).to.be.frozen;
    expect(contract.members.get("render")).to.be.frozen;
  });
});
