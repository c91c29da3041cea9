import { expect } from "chai";
import { agree } from "../../src/contract/agree.js";
import { defineContract } from "../../src/contract/index.js";
import type { LeaseholdError } from "../../src/errors.js";

const members = {
  render: {},
  zoom: { since: "1.1.0", default: () => 1 },
  palette: { since: "1.2.0", default: ["red"] },
};

/** A contract as it was at a version: with the members that there were. */
function chartAt(version: string): ReturnType<typeof defineContract> {
  const known = Object.entries(members).filter(([, member]) => !("since" in member) || member.since <= version);
  return defineContract({ name: "chart", version, members: Object.fromEntries(known) });
}

function outcome(contract: ReturnType<typeof defineContract>, written: string | undefined, exports: string[]): string {
  const unit = { name: "bars", version: "7.0.0", ...(written !== undefined && { implements: { chart: written } }) };
  try {
    return `stubs ${[...agree(contract, unit, exports)].join("+") || "none"}`;
  } catch (error) {
    const { name, code } = error as LeaseholdError;
    return `${name} ${code}`;
  }
}

function messageOf(contract: ReturnType<typeof defineContract>, implemented: object, exports: string[]): string {
  try {
    agree(contract, { name: "bars", version: "7.0.0", ...implemented }, exports);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("They agree.");
}

const all = ["render", "zoom", "palette"];
const version = "ContractError contract-version";
const missing = "ContractError contract-member-missing";

/** Host's version, unit's version, what the unit exports, outcome. */
const matrix: [host: string, unit: string | undefined, exports: string[], outcome: string][] = [
  ["1.0.0", "1.0.0", ["render"], "stubs none"],
  ["1.1.0", "1.0.0", ["render"], "stubs zoom"],
  ["1.2.0", "1.0.0", ["render"], "stubs zoom+palette"],
  ["1.2.0", "1.1.0", ["render", "zoom"], "stubs palette"],
  ["1.2.0", "1.1.7", ["render", "zoom"], "stubs palette"],
  ["1.2.0", "1.2.0", all, "stubs none"],
  ["1.2.0", "1.2.0", [...all, "more"], "stubs none"],
  ["1.0.0", "1.2.0", all, "stubs none"],
  ["1.0.0", "1.9.0", [...all, "spin"], "stubs none"],
  ["1.2.0", "1.0.0", all, "stubs zoom+palette"],
  ["1.2.0", "1.1.0-beta.1", ["render"], "stubs zoom+palette"],
  ["1.2.0", "1.1.0", ["render"], missing],
  ["1.2.0", "1.2.0", ["render", "zoom"], missing],
  ["1.0.0", "1.2.0", [], missing],
  ["1.2.0", "2.0.0", all, version],
  ["2.0.0", "1.2.0", all, version],
  ["10.0.0", "1.0.0", all, version],
  ["0.3.0", "0.3.9", all, "stubs none"],
  ["0.3.9", "0.3.0", all, "stubs none"],
  ["0.3.0", "0.4.0", all, version],
  ["0.4.0", "0.3.0", all, version],
  ["0.4.0", "1.4.0", all, version],
  ["0.0.3", "0.0.3", all, "stubs none"],
  ["0.0.3", "0.0.4", all, version],
  ["1.2.0", undefined, all, "ContractError contract-undeclared"],
];

describe("the agreement of a unit and its host", () => {
  for (const [host, unit, exports, expected] of matrix) {
    it(`of chart@${host} with a unit of ${unit ?? "no version"} that exports ${exports.join(", ") || "nothing"}: ${expected}`, () =>
      expect(outcome(chartAt(host), unit, exports)).to.equal(expected));
  }

  it("takes no inherited name for a declaration", () => {
    const contract = defineContract({ name: "toString", version: "1.0.0", members: {} });
    expect(() => agree(contract, { name: "bars", version: "1.0.0", implements: {} }, [])).to.throw(/does not say/);
  });

  it("says which line is missing where a unit declares nothing", () => {
    const message = messageOf(chartAt("1.2.0"), {}, all);
    expect(message).to.include("bars@7.0.0 does not say that it implements the host's chart@1.2.0.");
    expect(message).to.include('"implements": { "chart": "1.2.0" }');
  });

  it("tells the declaration that was perhaps meant", () =>
    expect(messageOf(chartAt("1.2.0"), { implements: { chrat: "1.2.0" } }, all)).to.include("There is: chrat."));

  it("names both sides, the member and both versions where a member is missing", () => {
    const message = messageOf(chartAt("1.2.0"), { implements: { chart: "1.1.3" } }, ["render", "zooom"]);
    for (const part of ["bars@7.0.0", "chart@1.1.3", "chart@1.2.0", '"zoom"', "since 1.1.0", 'Did you mean "zooom"?']) {
      expect(message).to.include(part);
    }
  });

  it("names both sides, a member and both versions where versions do not fit, and which one to bring up", () => {
    const newHost = messageOf(chartAt("2.0.0"), { implements: { chart: "1.1.3" } }, []);
    for (const part of ["bars@7.0.0", "chart@1.1.3", "chart@2.0.0", "render"]) expect(newHost).to.include(part);
    expect(newHost).to.include("Bring the unit up to chart@2.0.0");
    const newUnit = messageOf(chartAt("1.2.0"), { implements: { chart: "2.0.0" } }, all);
    expect(newUnit).to.include("Bring the host up to chart@2.0.0");
  });
});
