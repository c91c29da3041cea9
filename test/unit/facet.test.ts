import { expect } from "chai";
import { createFacet, type Use } from "../../src/capability/facet.js";
import { sizeOf } from "../../src/capability/size-of.js";

const directly: Use = (_, __, act) => act();

class Base {
  inherited(): string {
    return "inherited";
  }
}
class Service extends Base {
  #secret = 41;
  own = "data";
  arrow = (): string => this.own;
  static hidden = true;
  method(): number {
    return ++this.#secret;
  }
  get computed(): number {
    return this.#secret;
  }
  [Symbol.iterator](): never {
    throw new Error("never");
  }
}

describe("a facet", () => {
  type Facet = Record<string, (...args: unknown[]) => unknown>;

  it("has the members that the service has itself and that its classes declare, and no others", () => {
    const facet = createFacet(new Service(), directly);
    expect(Reflect.ownKeys(facet).sort()).to.deep.equal(["arrow", "computed", "inherited", "method", "own"]);
    expect(Object.getPrototypeOf(facet)).to.equal(null);
    expect(Object.isFrozen(facet)).to.equal(true);
  });

  it("calls the service, whose private state it does not have", () => {
    const facet = createFacet(new Service(), directly) as Facet & { computed: number };
    const { method, inherited, arrow } = facet;
    expect([method!(), inherited!(), arrow!(), facet.computed]).to.deep.equal([42, "inherited", "data", 42]);
  });

  it("reads what is no method anew each time, and runs no getter before", () => {
    let reads = 0;
    const service = {
      get count() {
        return ++reads;
      },
      state: 1,
    };
    const facet = createFacet(service, directly) as { count: number; state: number };
    expect(reads).to.equal(0);
    service.state = 2;
    expect([facet.count, facet.count, facet.state]).to.deep.equal([1, 2, 2]);
    expect(() => void (facet.state = 3)).to.throw(TypeError);
  });

  it("leads to nothing that all objects share", () => {
    const service = JSON.parse(`{ "__proto__": { "polluted": true }, "constructor": 1, "fine": 2 }`) as object;
    expect(Reflect.ownKeys(createFacet(service, directly))).to.deep.equal(["fine"]);
  });

  it("leads to nothing that all objects of another realm share", () => {
    const frame = document.body.appendChild(document.createElement("iframe"));
    const { eval: evaluate } = frame.contentWindow as unknown as { eval(text: string): object };
    const service = evaluate("new (class { method() {} })()");
    expect(Reflect.ownKeys(createFacet(service, directly))).to.deep.equal(["method"]);
    frame.remove();
  });

  it("has of an iterator no helpers, some of which never end", () => {
    const keys = Reflect.ownKeys(createFacet((function* () {})(), directly));
    expect(keys).to.have.members(["next", "return", "throw"]);
  });

  it("of a function is a function, with what was put on it", () => {
    const service = Object.assign((text: string) => text.length, { version: 2, half: (n: number) => n / 2 });
    const facet = createFacet(service, directly) as unknown as typeof service;
    expect([facet("four"), facet.version, facet.half(4)]).to.deep.equal([4, 2, 2]);
    expect(Object.isFrozen(facet)).to.equal(true);
  });

  it("can construct what the service has a class of", () => {
    const facet = createFacet({ Base }, directly) as { Base: typeof Base };
    expect(new facet.Base()).to.be.instanceOf(Base);
  });

  it("has every use seen, by name and with its arguments", () => {
    const uses: unknown[] = [];
    const facet = createFacet(new Service(), (member, args, act) => {
      uses.push([member, args]);
      return act();
    }) as Facet;
    facet.method!(1, 2);
    void facet.own;
    expect(uses).to.deep.equal([
      ["method", [1, 2]],
      ["own", []],
    ]);
  });
});

describe("the size of a value", () => {
  const cyclic: unknown[] = ["ab"];
  cyclic.push(cyclic);
  const sizes: [string, unknown, number][] = [
    ["a text", "four", 8],
    ["a number", 1, 8],
    ["nothing", undefined, 0],
    ["a buffer", new Uint16Array(5), 10],
    ["a Blob", new Blob(["12345"]), 5],
    ["an object, with its names", { a: 1, b: "x" }, 2 + 8 + 2 + 2],
    ["a Map", new Map([["k", 1]]), 2 + 8],
    ["a cycle, once", cyclic, 4],
    ["an instance of a class", new Service(), 8],
    ["a function", () => {}, 8],
  ];
  for (const [what, value, size] of sizes) it(`of ${what} is ${size}`, () => expect(sizeOf(value)).to.equal(size));

  it("does not count the gaps of an array longer than what is looked at", () => {
    const gaps: unknown[] = ["four"];
    gaps.length = 2 ** 32 - 1;
    expect(sizeOf([gaps])).to.equal(8);
  });

  it("runs no getter", () => {
    const hostile = {
      get boom(): never {
        throw new Error("boom");
      },
    };
    expect(sizeOf(hostile)).to.equal(8);
  });
});
