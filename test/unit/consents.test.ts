import { expect } from "chai";
import { Consents, type Authorize } from "../../src/policy/index.js";
import type { Grant, Permissions, UnitManifest } from "../../src/unit/index.js";
import { rejection } from "../support/rejection.js";

const manifest = (permissions: Permissions, version = "1.0.0"): UnitManifest => ({
  name: "sample",
  version,
  permissions,
});
const a = "https://a.example";
const b = "https://b.example";

describe("the page's consent", () => {
  let consents: Consents;
  let asked: Parameters<Authorize>[0][];
  let answer: Grant | Promise<Grant> | (() => never);
  beforeEach(() => {
    consents = new Consents();
    asked = [];
    answer = {};
  });
  const authorize: Authorize = (request) => {
    asked.push(request);
    return typeof answer === "function" ? answer() : answer;
  };
  const decide = (wish: Permissions, offered?: Grant, origin = ""): Promise<Grant> =>
    consents.decide(manifest(wish), origin, offered, authorize);

  it("is nothing by default", async () => {
    expect(await consents.decide(manifest({ network: [a] }), "", undefined)).to.deep.equal({});
  });

  it("is not asked for what the load grants", async () => {
    expect(await decide({ network: [a] }, { network: [a, b] })).to.deep.equal({ network: [a] });
    expect(asked).to.deep.equal([]);
  });

  it("is never wider than what was asked for", async () => {
    answer = { network: [a, b], capabilities: ["files"], features: ["camera"] };
    expect(await decide({ network: [a] })).to.deep.equal({ network: [a] });
  });

  it("is asked for once, and then for what is new", async () => {
    answer = { network: [a] };
    expect(await decide({ network: [a] })).to.deep.equal({ network: [a] });
    expect(await decide({ network: [a] })).to.deep.equal({ network: [a] });
    expect(asked).to.have.length(1);
    answer = { capabilities: ["files"] };
    const wish = { network: [a], capabilities: ["files"] };
    expect(await decide(wish)).to.deep.equal(wish);
    expect(asked.map(({ wanted, previous }) => ({ wanted, previous }))).to.deep.equal([
      { wanted: { network: [a] }, previous: undefined },
      { wanted: { capabilities: ["files"] }, previous: { network: [a] } },
    ]);
  });

  it("tells what the unit had before, whoever granted it, and keeps what it was asked for alone", async () => {
    await decide({ network: [a] }, { network: [a] });
    await decide({ network: [a, b] }, { network: [a] });
    expect(asked[0]).to.deep.include({ wanted: { network: [b] }, previous: { network: [a] } });
    answer = { network: [b] };
    expect(await decide({ network: [a, b] }), "what a load granted was for that load").to.deep.equal({ network: [b] });
    expect(asked[1]!.wanted).to.deep.equal({ network: [a, b] });
  });

  it("that was refused is asked for again", async () => {
    await decide({ network: [a] });
    await decide({ network: [a] });
    expect(asked).to.have.length(2);
  });

  it("is asked for once where a unit is loaded twice at a time", async () => {
    const { promise, resolve } = Promise.withResolvers<Grant>();
    answer = promise;
    const both = Promise.all([decide({ network: [a] }), decide({ network: [a] })]);
    resolve({ network: [a] });
    expect(await both).to.deep.equal([{ network: [a] }, { network: [a] }]);
    expect(asked).to.have.length(1);
  });

  it("does not wait for a question about another load where it has nothing to ask", async () => {
    answer = new Promise<Grant>(() => {});
    void decide({ network: [a] });
    expect(await decide({ network: [b] }, { network: [b] })).to.deep.equal({ network: [b] });
  });

  it("that could not be given fails that load alone", async () => {
    answer = () => {
      throw new RangeError("no");
    };
    const first = rejection(decide({ network: [a] }));
    const second = decide({ network: [a] }).catch(() => "failed");
    expect(await first).to.be.instanceOf(RangeError);
    expect(await second).to.equal("failed");
    answer = { network: [a] };
    expect(await decide({ network: [a] })).to.deep.equal({ network: [a] });
  });

  it("is for what came from one site: another's of the same name is another unit", async () => {
    answer = { network: [a] };
    await decide({ network: [a] }, undefined, "https://one.example");
    answer = {};
    expect(await decide({ network: [a] }, undefined, "https://two.example")).to.deep.equal({});
    expect(asked[1]).not.to.have.property("previous");
  });

  it("is forgotten when it is told to", async () => {
    answer = { network: [a] };
    await decide({ network: [a] });
    consents.forget("sample");
    answer = {};
    expect(await decide({ network: [a] })).to.deep.equal({});
  });
});
