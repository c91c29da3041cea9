import { expect } from "chai";
import {
  createHost,
  perUnit,
  type CapabilityUse,
  type Host,
  type HostOptions,
  type LoadOptions,
  type Unit,
} from "leasehold";
import { leavesNothing } from "../support/baseline.js";
import { isolations } from "../support/every-isolation.js";
import { rejection } from "../support/rejection.js";
import { unit as source, among } from "../support/requiring.js";
import { until } from "../support/until.js";

/** The example of the address book: a unit may look people up where it was granted that, and nothing else. */
class AddressBook {
  #people = new Map([["Ada", "ada@example.com"]]);
  owner = "the page";
  find(name: string): string | undefined {
    return this.#people.get(name);
  }
  async later(name: string): Promise<string | undefined> {
    return this.find(name);
  }
  open(name: string): Person {
    return new Person(name, this.find(name) ?? "");
  }
  get size(): number {
    return this.#people.size;
  }
  fail(): never {
    throw new RangeError("no such page");
  }
}
class Person {
  readonly name: string;
  readonly #address: string;
  constructor(name: string, address: string) {
    this.name = name;
    this.#address = address;
  }
  address(): string {
    return this.#address;
  }
}

const code = `
  import { capability } from "leasehold/unit";
  const book = capability("addressBook");
  export const find = (name) => book.find(name);
  export const size = () => book.size;
  export const address = async (name) => { const person = await book.open(name); return person.address(); };
  export const pipelined = (name) => book.open(name).address();
  export const reach = async (...path) => { let at = book; for (const name of path) at = at[name]; return String(await at); };
  export const assign = (name) => { book[name] = () => "mine"; };
  export const fail = () => book.fail();
  export const translate = (text) => capability("translate")(text);
  export const other = (name) => capability(name).anything();
`;
interface Sample {
  find(name: string): string | undefined;
  size(): number;
  address(name: string): string;
  pipelined(name: string): string;
  reach(...path: string[]): string;
  assign(name: string): void;
  fail(): void;
  translate(text: string): string;
  other(name: string): unknown;
}
const names = ["addressBook", "translate", "absent"];

for (const isolation of isolations) {
  describe(`a capability, in a ${isolation}`, () => {
    let host: Host;
    let options: HostOptions & { capabilities: Record<string, object> };
    leavesNothing();
    beforeEach(() => {
      options = {
        capabilities: { addressBook: new AddressBook(), translate: (text: string) => text.toUpperCase() },
        pool: {},
      };
    });
    afterEach(() => host.dispose());
    const load = (grant: string[], load: LoadOptions = {}): Promise<Unit<Sample>> => {
      host ??= createHost(options);
      return host.load<Sample>(source("sample", code, { permissions: { capabilities: names } }), {
        isolation,
        grant: { capabilities: grant },
        ...load,
      });
    };
    beforeEach(() => void (host = undefined as never));

    it("that was granted is called as if it were local", async () => {
      const { exports } = await load(["addressBook", "translate"]);
      expect(await exports.find("Ada")).to.equal("ada@example.com");
      expect(await exports.find("Bob")).to.equal(undefined);
      expect(await exports.size()).to.equal(1);
      expect(await exports.address("Ada")).to.equal("ada@example.com");
      expect(await exports.pipelined("Ada")).to.equal("ada@example.com");
      expect(await exports.translate("hello")).to.equal("HELLO");
    });

    it("that was not granted cannot be touched, and the refusal says so", async () => {
      const { exports } = await load(["translate"]);
      for (const attempt of [exports.find("Ada"), exports.size(), exports.address("Ada"), exports.reach("owner")]) {
        const error = await rejection(attempt as Promise<unknown>);
        expect(error).to.include({ name: "PermissionDeniedError", code: "capability-denied" });
        expect(error.message).to.include("sample was not granted").and.include(`"addressBook"`).and.include("grant:");
      }
      expect(await exports.translate("hello")).to.equal("HELLO");
    });

    it("that the manifest does not declare fails the load", async () => {
      host = createHost(options);
      const error = await rejection(
        host.load(source("sample", code, { permissions: { capabilities: ["adressBook"] } }), {
          isolation,
          grant: { capabilities: ["addressBook"] },
        }),
      );
      expect(error).to.include({ name: "PermissionDeniedError", code: "capability-undeclared", unit: "sample" });
      expect(error.message).to.include(`Did you mean "adressBook"?`);
      expect(host.stats()).to.include({ units: 0, frames: 0 });
    });

    it("that the page does not offer says so, and not what it offers", async () => {
      const { exports } = await load(["absent"]);
      const error = await rejection(exports.other("absent") as Promise<unknown>);
      expect(error).to.include({ name: "PermissionDeniedError", code: "capability-missing" });
      expect(error.message).not.to.include("addressBook");
    });

    it("has nothing but its own members and those of its class", async () => {
      const { exports } = await load(["addressBook"]);
      for (const path of [
        ["constructor"],
        ["__proto__"],
        ["prototype"],
        ["toString"],
        ["hasOwnProperty"],
        ["find", "constructor"],
        ["find", "call"],
        ["find", "prototype"],
        ["people"],
      ]) {
        const error = await rejection(exports.reach(...path) as Promise<unknown>);
        expect(error, path.join(".")).to.include({ name: "ContractError", code: "no-such-member" });
      }
      expect(await exports.reach("owner")).to.equal("the page");
    });

    it("cannot be assigned to", async () => {
      const { exports } = await load(["addressBook"]);
      await rejection(exports.assign("find") as Promise<unknown>);
      expect(await exports.find("Ada")).to.equal("ada@example.com");
    });

    it("that throws rejects with what it threw, and no word of where", async () => {
      const { exports } = await load(["addressBook"]);
      const error = await rejection(exports.fail() as Promise<unknown>);
      expect(error).to.be.instanceOf(RangeError);
      expect(error.stack ?? "").not.to.include("capabilities.test");
    });

    it("is told of at each use: unit, method, time and bytes", async () => {
      host = createHost(options);
      const uses: (CapabilityUse & { unit: Unit })[] = [];
      host.addEventListener(
        "capability",
        (event) => void uses.push((event as CustomEvent<(typeof uses)[number]>).detail),
      );
      const before = Date.now();
      const unit = await load(["addressBook", "translate"]);
      const { exports } = unit;
      await exports.find("Ada");
      await exports.size();
      await exports.translate("four");
      await rejection(exports.fail() as Promise<unknown>);
      await until("every use is told of", () => uses.length === 4);
      expect(uses.map(({ capability, by, method }) => [capability, by, method])).to.deep.equal([
        ["addressBook", "sample", "find"],
        ["addressBook", "sample", "size"],
        ["translate", "sample", ""],
        ["addressBook", "sample", "fail"],
      ]);
      expect(new Set(uses.map((use) => use.unit))).to.deep.equal(new Set([unit]));
      expect(uses.map(({ bytes }) => bytes)).to.deep.equal([2 * "Ada".length + 2 * "ada@example.com".length, 8, 16, 0]);
      for (const { time, duration } of uses) {
        expect(time).to.be.within(before, Date.now());
        expect(duration).to.be.at.least(0);
      }
      expect(uses.at(-1)!.error).to.be.instanceOf(RangeError);
    });

    it("that was refused is told of as well", async () => {
      host = createHost(options);
      const uses: CapabilityUse[] = [];
      host.addEventListener("capability", (event) => void uses.push((event as CustomEvent<CapabilityUse>).detail));
      const { exports } = await load([]);
      await rejection(exports.find("Ada") as Promise<unknown>);
      expect(uses).to.have.length(1);
      expect(uses[0]!.error).to.include({ code: "capability-denied" });
    });

    it("that the page does not offer, or fails to make, is told of as well", async () => {
      options.capabilities.addressBook = perUnit(() => undefined as never);
      host = createHost(options);
      const uses: CapabilityUse[] = [];
      host.addEventListener("capability", (event) => void uses.push((event as CustomEvent<CapabilityUse>).detail));
      const { exports } = await load(["addressBook", "absent"]);
      const error = await rejection(exports.find("Ada") as Promise<unknown>);
      expect(error).to.include({ name: "InvalidStateError", code: "capability-invalid" });
      await rejection(exports.other("absent") as Promise<unknown>);
      expect(uses.map((use) => (use.error as { code: string }).code)).to.deep.equal([
        "capability-invalid",
        "capability-missing",
      ]);
    });

    it("that never ends a use is told of when the unit goes, once", async () => {
      const ending = Promise.withResolvers<string>();
      let isAsked = false;
      options.capabilities.translate = () => ((isAsked = true), ending.promise);
      host = createHost(options);
      const uses: CapabilityUse[] = [];
      host.addEventListener("capability", (event) => void uses.push((event as CustomEvent<CapabilityUse>).detail));
      const unit = await load(["translate"]);
      const translating = rejection(unit.exports.translate("four") as Promise<unknown>);
      await until("the page is asked", () => isAsked);
      expect(uses).to.have.length(0);
      await unit.unload({ mode: "force" });
      await translating;
      ending.resolve("late");
      await ending.promise;
      expect(uses).to.have.length(1);
      expect(uses[0]).to.include({ capability: "translate", by: "sample", bytes: 8 });
      expect(uses[0]!.error).to.include({ name: "DomainUnloadedError", code: "unit-unloaded", unit: unit.id });
    });

    it("may be named twice in a manifest", async () => {
      host = createHost(options);
      const manifest = { name: "sample", version: "1.0.0", permissions: { capabilities: ["translate", "translate"] } };
      const grant = { capabilities: ["translate"] };
      const unit = await host.load<Sample>(
        { code: code.replace(/const book = .*/, ""), manifest },
        { isolation, grant },
      );
      expect(await unit.exports.translate("hello")).to.equal("HELLO");
    });

    it("can be made for each unit, which may be given less than another", async () => {
      const signals: AbortSignal[] = [];
      options.capabilities.addressBook = perUnit(({ manifest, grant, signal }) => {
        signals.push(signal);
        return { find: (name: string) => `${name} for ${manifest.name} with ${grant.capabilities!.join()}` };
      });
      const unit = await load(["addressBook"]);
      expect(signals, "made before it is used").to.have.length(0);
      expect(await unit.exports.find("Ada")).to.equal("Ada for sample with addressBook");
      expect(await unit.exports.find("Bob")).to.equal("Bob for sample with addressBook");
      expect(signals.map(({ aborted }) => aborted)).to.deep.equal([false]);
      await unit.unload();
      expect(signals.map(({ aborted }) => aborted)).to.deep.equal([true]);
    });

    it("works until the unit has said goodbye, and is let go of then", async () => {
      const written: string[] = [];
      host = createHost({ pool: {}, capabilities: { log: { write: (line: string) => void written.push(line) } } });
      const last = `
        import { capability } from "leasehold/unit";
        export const deactivate = () => capability("log").write("goodbye");`;
      const unit = await host.load(source("last", last, { permissions: { capabilities: ["log"] } }), {
        isolation,
        grant: { capabilities: ["log"] },
      });
      expect((await unit.unload()).finalizerErrors).to.deep.equal([]);
      expect(written).to.deep.equal(["goodbye"]);
    });

    it("of a required unit is no more than the unit has that requires it, and its own", async () => {
      const asking = `
        import { capability } from "leasehold/unit";
        export const find = (name) => capability("addressBook").find(name);
        export const translate = (text) => capability("translate")(text);`;
      const app = `export { find, translate } from "library";`;
      const manifest = (...capabilities: string[]) => ({ permissions: { capabilities } });
      const library = source("library", asking, manifest("addressBook", "translate"));
      host = createHost({ ...options, resolve: among(library) });
      const unit = await host.load<Sample>(
        source("app", app, { requires: { library: "1" }, ...manifest("translate") }),
        { isolation, grant: { capabilities: ["addressBook", "translate"] } },
      );
      expect(await unit.exports.translate("fine")).to.equal("FINE");
      const error = await rejection(unit.exports.find("Ada") as Promise<unknown>);
      expect(error).to.include({ name: "PermissionDeniedError", code: "capability-denied", unit: "library" });
    });

    it("is reached by import(), and by a unit that has the module bundled in", async () => {
      host = createHost(options);
      const permissions = { capabilities: ["translate"] };
      const grant = permissions;
      const late = `export const translate = async (text) => (await import("leasehold/unit")).capability("translate")(text);`;
      const bundled =
        (await (await fetch("/dist/unit.js")).text()).replace(
          /export\s*\{(\w+) as capability\};?/,
          "const capability = $1;",
        ) + `\nexport const translate = (text) => capability("translate")(text);`;
      for (const text of [late, bundled]) {
        const unit = await host.load<Sample>(source("sample", text, { permissions }), { isolation, grant });
        expect(await unit.exports.translate("fine")).to.equal("FINE");
      }
    });
  });
}

describe("what a page offers", () => {
  leavesNothing();

  it("has to be objects or functions", () => {
    for (const wrong of [1, "text", null, undefined, Promise.resolve({})])
      expect(() => createHost({ capabilities: { wrong: wrong as never } }))
        .to.throw(/capability "wrong"/)
        .with.property("code", "capability-invalid");
  });

  it("forgets a unit when it is told to, all of it, whatever one service throws", async () => {
    const forgotten: string[] = [];
    const forget = (name: string) => void forgotten.push(name);
    const failing = () => Promise.reject(new Error("disk"));
    const host = createHost({
      pool: {},
      capabilities: { a: perUnit(() => ({}), { forget: failing }), b: perUnit(() => ({}), { forget }), c: {} },
    });
    const error = (await rejection(host.forget("sample"))) as unknown as AggregateError;
    expect(error).to.be.instanceOf(AggregateError);
    expect(error.errors).to.have.length(1);
    expect(forgotten).to.deep.equal(["sample"]);
    await host.dispose();
  });
});
