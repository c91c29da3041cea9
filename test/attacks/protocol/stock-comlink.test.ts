import { expect } from "chai";
import { expose } from "comlink";
import { connect } from "leasehold/remoting";
import { leavesNothing } from "../../support/baseline.js";
import { inEveryIsolation } from "../../support/every-isolation.js";
import { leavesHostAsItWas } from "./watch-host.js";

const CODE = "globalThis.hostile = (globalThis.hostile ?? 0) + 1";
const raw = (value: unknown): object => ({ type: "RAW", value });

/** What a page exposes; plain, as in Comlink's own examples. */
const createApi = () => ({
  touch: (): number => 1,
  fail: (): never => {
    throw new RangeError("no");
  },
});

interface Answer {
  type: string;
  name?: string;
  value?: unknown;
}

/** Speaks Comlink's protocol by hand. Resolves with the answer, or with nothing where none comes. */
function ask(port: MessagePort, message: Record<string, unknown>): Promise<Answer | undefined> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, 300, undefined);
    port.onmessage = ({ data }: MessageEvent<Answer>) => {
      clearTimeout(timer);
      resolve(data);
    };
    port.postMessage({ id: "1", argumentList: [], ...message });
  });
}

/** Each attack: what a peer sends, and what that has done to the page. */
const attacks: Record<string, (port: MessagePort) => Promise<unknown>> = {
  "running code in the page, by a path through constructor,": async (port) => {
    const made = await ask(port, { type: "CONSTRUCT", path: ["touch", "constructor"], argumentList: [raw(CODE)] });
    if (made?.value instanceof MessagePort) {
      await ask(made.value, { type: "APPLY", path: [] });
      made.value.postMessage({ id: "2", type: "RELEASE", path: [] });
    }
    return (globalThis as { hostile?: number }).hostile;
  },
  "polluting all objects of the page, by a SET of a prototype,": async (port) => {
    await ask(port, { type: "SET", path: ["__proto__", "polluted"], value: raw(1) });
    return ({} as { polluted?: number }).polluted;
  },
  "reading the page's stack, from an error that it throws,": async (port) => {
    const answer = await ask(port, { type: "APPLY", path: ["fail"] });
    const { value } = (answer?.value ?? {}) as { value?: { stack?: string } };
    return value?.stack?.includes(location.host) ? 1 : undefined;
  },
};

function undo(): void {
  Reflect.deleteProperty(globalThis, "hostile");
  Reflect.deleteProperty(Object.prototype, "polluted");
}

describe("an object that is exposed through stock Comlink", () => {
  afterEach(undo);
  for (const [name, attack] of Object.entries(attacks)) {
    it(`is open: ${name} succeeds`, async () => {
      const { port1, port2 } = new MessageChannel();
      expose(createApi(), port1);
      expect(await attack(port2)).to.equal(1);
      port2.postMessage({ id: "3", type: "RELEASE", path: [] });
      port1.close();
    });
  }
});

describe("the same object, exposed through a session", () => {
  leavesNothing();
  leavesHostAsItWas();
  for (const [name, attack] of Object.entries(attacks)) {
    it(`is closed: ${name} fails`, async () => {
      const { port1, port2 } = new MessageChannel();
      const session = connect(port1, { expose: createApi() });
      expect(await attack(port2)).to.equal(undefined);
      session.close();
      port2.close();
    });
  }
});

/** The same, by what a unit's code can do with what it was given. */
const byProxy: Record<string, string> = {
  "running code in the page, by a path through constructor,": `
    const make = new api.touch.constructor(${JSON.stringify(CODE)});
    await make();`,
  "polluting all objects of the page, by a SET of a prototype,": `
    api.__proto__.polluted = 1;
    await api.touch();`,
};

class Api {
  touch(): number {
    return 1;
  }
  fail(): never {
    throw new RangeError("no");
  }
}

inEveryIsolation(
  "the same attack by a unit",
  ({ use }) => {
    leavesHostAsItWas();
    for (const [name, source] of Object.entries(byProxy)) {
      it(`fails: ${name} does nothing`, () =>
        use<{ attack(api: object): string }>(
          `export const attack = async (api) => { try { ${source} } catch ({ code, name }) { return code ?? name; } return "done"; };`,
          async ({ exports }) => {
            expect(await exports.attack(new Api())).to.be.oneOf(["no-such-member", "TypeError"]);
            const page = globalThis as { hostile?: number; polluted?: number };
            expect([page.hostile, page.polluted]).to.deep.equal([undefined, undefined]);
          },
        ));
    }

    it("fails: reading the page's stack, from an error that it throws, tells nothing", () =>
      use<{ attack(api: object): string }>(
        `export const attack = (api) => api.fail().catch((error) => error.name + error.message + error.stack);`,
        async ({ exports }) => {
          const told = await exports.attack(new Api());
          expect(told).to.include("RangeError");
          expect(told).not.to.include(location.host);
        },
      ));
  },
  ["frame", "worker"],
);
