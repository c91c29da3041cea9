import { expect } from "chai";
import * as v from "valibot";
import { defineContract } from "../../src/contract/index.js";
import type { LeaseholdError } from "../../src/errors.js";
import { rejection } from "../support/rejection.js";

const short = v.pipe(v.string(), v.maxLength(5));
const later = v.pipeAsync(
  v.string(),
  v.checkAsync(async (text) => text !== "taken", "is taken"),
);

const notes = defineContract({
  name: "notes",
  version: "1.1.0",
  members: {
    add: { arguments: [short, v.optional(v.number())], result: v.number() },
    claim: { arguments: [later], result: v.string() },
    trim: { arguments: [v.pipe(v.string(), v.trim())] },
    title: { result: short },
    Note: { arguments: [short] },
    count: { since: "1.1.0", default: () => 0 },
    tags: { since: "1.1.0", default: ["none"] },
  },
});

class Note {
  constructor(readonly text: string) {}
}

const whole = {
  texts: [] as string[],
  title: "mine",
  add(this: { texts: string[] }, text: string) {
    return this.texts.push(text);
  },
  claim: async (name: string) => name.toUpperCase(),
  trim: (text: string) => `[${text}]`,
  Note,
};

function refusal(act: () => unknown): LeaseholdError {
  try {
    act();
  } catch (error) {
    return error as LeaseholdError;
  }
  throw new Error("It was let through.");
}

describe("a contract's facade of an object", () => {
  const facade = notes.implement({ ...whole, texts: [], secret: "s" } as typeof whole);

  it("has the contract's members alone, is frozen, and inherits nothing", () => {
    expect(Object.keys(facade)).to.have.members([...notes.members.keys()]);
    expect(facade).to.be.frozen;
    expect(Object.getPrototypeOf(facade)).to.equal(null);
  });

  it("calls the object's methods on the object", () => {
    expect(facade.add("one")).to.equal(1);
    expect(facade.add("two", 2)).to.equal(2);
  });

  it("refuses an argument that does not fit, and names it, its issue and the contract", () => {
    const error = refusal(() => facade.add("much too long"));
    expect([error.name, error.code]).to.deep.equal(["DataError", "schema-failed"]);
    expect(error.message).to.include("Argument 1 of add() of the page does not fit contract notes@1.1.0");
    expect(error.cause).to.deep.equal([{ message: "Invalid length: Expected <=5 but received 13", path: [] }]);
  });

  it("refuses more arguments than the contract has", () =>
    expect(refusal(() => (facade.add as (...args: unknown[]) => unknown)("a", 1, 2)).message).to.include(
      "there are 3 arguments, and the contract has 2",
    ));

  it("refuses a result that does not fit", () => {
    const wrong = notes.implement({ ...whole, add: () => "no number" } as never, "the notebook");
    expect(refusal(() => wrong.add("a")).message).to.include("The result of add() of the notebook does not fit");
  });

  it("passes on what a schema made of an argument", () =>
    expect((facade.trim as (text: string) => unknown)("  a ")).to.equal("[a]"));

  it("answers later where a schema or the object does", async () => {
    expect(await facade.claim("free")).to.equal("FREE");
    expect((await rejection(facade.claim("taken") as unknown as Promise<string>)).message).to.include("is taken");
  });

  it("reads data of the object each time, and checks it", () => {
    const object = { ...whole };
    const live = notes.implement(object);
    object.title = "yours";
    expect(live.title).to.equal("yours");
    object.title = "much too long";
    expect(refusal(() => live.title).code).to.equal("schema-failed");
  });

  it("constructs the object's classes", () => {
    const { Note: Checked } = facade as unknown as { Note: typeof Note };
    expect(new Checked("a")).to.be.instanceOf(Note).and.deep.equal({ text: "a" });
    expect(refusal(() => new Checked("much too long")).message).to.include("Argument 1 of new Note()");
  });

  it("has defaults for what the object lacks", () => {
    expect((facade.count as () => unknown)()).to.equal(0);
    expect(facade.tags).to.deep.equal(["none"]);
    expect(facade.tags).not.to.equal(facade.tags);
  });

  it("is not made where the object lacks something without a default", () => {
    const error = refusal(() => notes.implement({ title: "a" } as never, "the notebook"));
    expect([error.name, error.code]).to.deep.equal(["ContractError", "contract-member-missing"]);
    expect(error.message).to.include('The object by which the notebook implements contract notes@1.1.0 lacks "add"');
  });
});

describe("what a contract says of issues", () => {
  const contractOf = (validate: (value: unknown) => unknown): { call: (value: unknown) => unknown } => {
    const schema = { "~standard": { version: 1 as const, vendor: "test", validate: validate as never } };
    const contract = defineContract({ name: "c", version: "1.0.0", members: { call: { arguments: [schema] } } });
    return contract.implement({ call: (value: unknown) => value } as never) as never;
  };

  it("tells five of them, each with its path, and of each no more than a line", () => {
    const issue = { message: "x".repeat(10_000), path: [{ key: "list" }, 3, "y".repeat(1000), Symbol("s")] };
    const { call } = contractOf(() => ({ issues: Array.from({ length: 1000 }, () => issue) }));
    const error = refusal(() => call(1));
    expect(error.message).to.include("\n- list.3.yyy").and.include("Symbol(s): xxx").and.include("… and 995 more");
    expect(error.message.length).to.be.below(2000);
    expect(error.cause).to.have.length(5);
  });

  it("takes a schema that throws for one that refuses", () => {
    const thrown = new TypeError("broken");
    const { call } = contractOf(() => {
      throw thrown;
    });
    const error = refusal(() => call(1));
    expect([error.name, error.code, error.cause]).to.deep.equal(["DataError", "schema-failed", thrown]);
  });

  it("takes a schema that answers with nothing for one that refuses", () =>
    expect(refusal(() => contractOf(() => undefined).call(1)).code).to.equal("schema-failed"));

  it("takes a schema that rejects for one that refuses", async () => {
    const { call } = contractOf(() => Promise.reject(new Error("broken")));
    expect((await rejection(call(1) as Promise<unknown>)).code).to.equal("schema-failed");
  });
});
