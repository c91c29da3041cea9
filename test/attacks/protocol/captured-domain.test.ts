import { expect } from "chai";
import type { Host, Isolation } from "leasehold";
import { leavesNothing } from "../../support/baseline.js";
import { longestGaps } from "../../support/heartbeat.js";
import { rejection } from "../../support/rejection.js";
import { until } from "../../support/until.js";
import { createAttackedHost, withCaptured, type Attack, type Captured } from "./captured.js";
import { Service, type Anything } from "./service.js";
import { leavesHostAsItWas } from "./watch-host.js";

/** Milliseconds that nothing a unit sends may keep the page from its own work. */
const BOUND = 2000;

const isolations: Isolation[] = ["frame", "worker"];

for (const isolation of isolations) {
  describe(`a ${isolation} whose port is altogether the unit's`, () => {
    let host: Host;
    before(() => void (host = createAttackedHost()));
    after(() => host.dispose());
    leavesNothing({ hosts: () => [{ stats: () => ({ ...host.stats() }) }] });
    leavesHostAsItWas();

    const attack = (run: Attack, body: (captured: Captured) => unknown): Promise<void> =>
      withCaptured(host, run, body, { isolation });

    /** Gives the attack a service of the page's; its operations may fail, and must change nothing. */
    const onService = (run: Attack, check: (result: Anything, service: Service) => unknown): Promise<void> =>
      attack(run, async ({ unit, result }) => {
        const service = new Service();
        await unit.exports.attack(service);
        await check(await result(), service);
        expect(Object.keys(service)).to.deep.equal(Object.keys(new Service()));
        expect(service.list).to.deep.equal([1, 2, 3]);
      });

    /** The attack breaks the protocol: its unit ends, what was pending rejects, and the page goes on. */
    const breaks = (run: Attack): Promise<void> =>
      attack(run, async ({ unit }) => {
        const began = performance.now();
        unit.exports.attack(new Service(), () => 1).then(undefined, () => {});
        await until("the unit has ended", () => unit.state === "unloaded" || unit.state === "failed");
        expect(performance.now() - began).to.be.below(BOUND);
        expect((await rejection(unit.exports.attack() as unknown as PromiseLike<unknown>)).name).to.equal(
          "DomainUnloadedError",
        );
      });

    it("reaches nothing by a path through constructor, __proto__ or prototype, nor by SET and CONSTRUCT", () =>
      onService(
        async ({ given, ask, operation, failure }) => {
          const [slot] = (await given()) as [number];
          const code = "globalThis.hostile = true";
          const outcomes: unknown[] = [];
          for (const name of [
            "constructor",
            "__proto__",
            "prototype",
            "hasOwnProperty",
            "toString",
            "__defineGetter__",
          ]) {
            for (const way of [[name], ["touch", name], ["inner", name], ["Account", name], ["inner", "twice", name]]) {
              for (const kind of [0, 1, 2, 3]) {
                outcomes.push(failure(await ask(operation(kind, slot, way, ...(kind ? [code] : []))))?.own.code);
              }
            }
          }
          for (const target of [0, slot]) {
            outcomes.push(failure(await ask(operation(3, target, "added", 1)))?.own.code);
            outcomes.push(failure(await ask(operation(3, target, "touch", 1)))?.own.code);
          }
          return [...new Set(outcomes)];
        },
        (codes) => expect(codes).to.have.members(["no-such-member", "read-only"]),
      ));

    it("reads no stack and no address of the page's in the raw errors that it is sent", () =>
      onService(
        async ({ given, ask, operation, failure }) => {
          const [slot] = (await given()) as [number];
          const told: unknown[] = [];
          for (const path of ["fail", "legacy", "nothing", ["list", "push"], "document"]) {
            told.push(failure(await ask(operation(1, slot, path))));
          }
          return told;
        },
        (told: unknown[]) => {
          expect(told).to.have.length(5).and.not.include(undefined);
          const text = JSON.stringify(told);
          expect(text).not.to.include(location.host);
          expect(text).not.to.match(/"stack"|\.test\.ts|service\.ts|\/dist\//);
        },
      ));

    it("is not given what makes code or reaches into objects, as a result or by the number of one", () =>
      onService(
        async ({ given, ask, operation, failure, number }) => {
          const [slot] = (await given()) as [number];
          const first = number;
          const code = "globalThis.hostile = true";
          // One request: the results stay in the page, and are used there by number.
          const reply = await ask(
            [
              ...operation(0, slot, ["view", "Function"]),
              ...operation(0, slot, ["Reflect", "construct"]),
              ...operation(0, slot, ["Object", "getPrototypeOf"]),
              ...operation(1, -1 - first, [], code),
              ...operation(1, -2 - first, [], [], [code]),
              ...operation(1, -3 - first, [], {}),
            ],
            null,
            { count: 6, quiet: [0, 1, 2] },
          );
          return [(reply[4] as unknown[]).filter((_, at) => at % 2 === 0), failure(reply)?.own.code];
        },
        ([failed, code]) => {
          expect(failed).to.include.members([3, 4, 5]);
          expect(code).to.be.oneOf(["no-such-member", "not-a-function"]);
        },
      ));

    const broken: Record<string, Attack> = {
      "a forged slot": async ({ ask, operation }) => ask(operation(1, 4711, "touch")),
      "a negative slot in a release": async ({ ask }) => ask([6, -1, 1, undefined]),
      "a stale slot": async ({ given, send, ask, operation }) => {
        const [slot] = (await given()) as [number];
        send([0, 0, [6, slot, 1, undefined]]);
        return ask(operation(1, slot, "touch"));
      },
      "a release, twice": async ({ given, send }) => {
        const [slot] = (await given()) as [number];
        for (let turn = 0; turn < 2; turn++) send([0, 0, [6, slot, 1, undefined]]);
      },
      "a release of NaN occurrences": async ({ given, send }) => {
        const [slot] = (await given()) as [number];
        send([0, 0, [6, slot, NaN, undefined]]);
      },
      "a reference to the page's own control": ({ send }) => {
        const args = [undefined];
        send([0, 0, [1, 0, "log", 2, 1, "info", args], [args, 0, [1, 0]]]);
      },
      "a reference to a member of the page's own control": ({ send }) => {
        const args = [undefined];
        send([0, 0, [1, 0, "log", 2, 1, "info", args], [args, 0, [11, 0, "urlsChanged", 0]]]);
      },
      "an answer to what was not asked": ({ send }) => send([1, 99, [undefined]]),
      "an answer, twice": async ({ next, answer }) => {
        const request = await next();
        answer(request, undefined);
        answer(request, undefined);
      },
      "a request, replayed": ({ send, operation }) => {
        for (let turn = 0; turn < 2; turn++) send([0, 0, operation(1, 0, "linked")]);
      },
      "a negative number of operations": ({ send }) => send([0, 0, [1, 0, "linked", 0, -1]]),
      "an infinite number of arguments": ({ send }) => send([0, 0, [1, 0, "linked", Infinity, 1]]),
      "a length that is NaN": ({ send }) => send([0, 0, [1, 0, "linked", NaN, 1]]),
      "stock Comlink's messages": ({ send }) =>
        send({ id: "1", type: "APPLY", path: ["constructor", "constructor"], argumentList: [] }),
      "a result that is a thenable": async ({ next, send }) => {
        const [, first] = (await next()) as [number, number];
        const values: object[] = [JSON.parse(`{"then":0}`) as object];
        send([1, first, values, [values[0], "then", [0, 7, 0, "then"]]]);
      },
      "a promise that settles with a thenable": async ({ next, send }) => {
        const [, first] = (await next()) as [number, number];
        const values: unknown[] = [undefined];
        send([1, first, values, [values, 0, [3, 0]]]);
        const value = JSON.parse(`{"then":0}`) as object;
        send([0, 0, [5, 0, true, value], [value, "then", [0, 7, 0, "then"]]]);
      },
      "a message that the page cannot read": ({ send }) =>
        send(new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]))),
    };
    for (const [name, run] of Object.entries(broken)) {
      it(`ends its own unit, and nothing else, by ${name}`, () => breaks(run));
    }

    it("reaches nothing of another unit's by the slots that this was given", () =>
      attack(
        async ({ given, ask, operation }) => {
          const slots = await given();
          await ask(operation(1, slots[0] as number, "touch"));
          return slots;
        },
        async (one) => {
          const service = new Service();
          const more = [() => 1, () => 2, () => 3];
          await one.unit.exports.attack(service, ...more);
          const last = ((await one.result()) as number[]).at(-1);
          const source = `(domain) => domain.ask(domain.operation(1, ${last}, []))`;
          await breaks({ toString: () => source } as Attack);
          expect(service.calls).to.deep.equal(["touch 0"]);
          expect(one.unit.state).to.equal("active");
        },
      ));

    it("writes no size into the page's layout that is none", () =>
      attack(
        async ({ ask, operation }) => {
          for (const height of [NaN, Infinity, -Infinity, -1, "1px; position: fixed", {}, null, [7]]) {
            await ask(operation(1, 0, "resized", height));
          }
          return "sent";
        },
        async ({ result }) => {
          expect(await result()).to.equal("sent");
          const frame = [...document.querySelectorAll("iframe")].at(-1) as HTMLIFrameElement;
          expect(frame.style.height).not.to.match(/NaN|Infinity|-|7px/);
          expect(frame.style.position).to.equal("fixed"); // as it is where nobody sees it
        },
      ));

    it("tells of its own work, URLs and log in the shapes that there are, and in no other", () =>
      attack(
        async ({ ask, operation }) => {
          let twice: unknown = ["x"];
          for (let level = 0; level < 60; level++) twice = [twice, twice];
          for (const label of [twice, { toString: 1 }, 7]) await ask(operation(1, 0, "activityStarted", 1, label));
          for (const [live, made] of [
            [NaN, NaN],
            [-1, 5],
            [5, 1],
            [Infinity, Infinity],
          ]) {
            await ask(operation(1, 0, "urlsChanged", live, made));
          }
          for (const level of ["fatal", "__proto__", {}]) await ask(operation(1, 0, "log", level, [1]));
          await ask(operation(1, 0, "log", "info", { length: 1e9 }));
          await ask(operation(1, 0, "log", "info", ["heard"]));
          return "sent";
        },
        async ({ unit, result }) => {
          const heard: unknown[] = [];
          host.addEventListener("log", (event) => heard.push((event as CustomEvent<{ args: unknown }>).detail.args));
          expect(await result()).to.equal("sent");
          expect(heard).to.deep.equal([["heard"]]);
          expect(unit.whyAlive().holders.filter(({ kind }) => kind === "activity")).to.deep.equal([]);
          expect(host.stats().urls).to.equal(0);
        },
      ));

    it("keeps the page busy by no plan that maps over a map over a map, nor by one that has its parts many times", () =>
      onService(
        async ({ given, ask, operation, failure }) => {
          const [slot] = (await given()) as [number];
          const ten = [0, Array(10).fill(0)];
          let maps: unknown = [[], [0, 1]];
          for (let depth = 0; depth < 30; depth++) maps = [[[3, ten, maps]], [0, 1]];
          let node: unknown = [0, 1];
          for (let depth = 0; depth < 60; depth++) node = [2, [node, node]];
          let steps: unknown = [[], [0, 1]];
          for (let depth = 0; depth < 30; depth++) {
            const step = [3, [0, []], steps];
            steps = [
              [step, step, step],
              [0, 1],
            ];
          }
          let wide: unknown = [[], [2, Array(1000).fill([2, []])]];
          for (let depth = 0; depth < 2; depth++) wide = [[[3, [0, Array(1000).fill(0)], wide]], [0, 1]];
          const codes: unknown[] = [];
          for (const plan of [maps, [[], node], steps, wide])
            codes.push(failure(await ask(operation(4, slot, [], plan)))?.own.code);
          const many = Array.from({ length: 1000 }, () => operation(4, slot, [], maps)).flat();
          codes.push(failure(await ask(many, null, { count: 1000 }))?.own.code);
          return codes;
        },
        (codes) => expect(codes).to.deep.equal(Array(5).fill("plan-too-long")),
      ).then(() => undefined));

    it("does not stop the page by what it throws, of which there is more text than memory", () =>
      attack(
        async ({ next, send }) => {
          let twice: unknown = ["x"];
          for (let level = 0; level < 60; level++) twice = [twice, twice];
          for (;;) {
            const [type, first] = (await next()) as [number, number];
            if (type === 0) send([1, first, [undefined], null, [0, twice]]);
          }
        },
        async ({ unit }) => {
          const began = performance.now();
          const exports = unit.exports as Anything;
          const failed = exports.attack();
          const thrown = await failed.catch((error: unknown) => error);
          expect(thrown).to.be.an("array");
          // Names the step that failed, and what it failed with.
          const error = await rejection(exports.attack(failed));
          expect(error.message).to.include("attack() failed");
          expect(performance.now() - began).to.be.below(BOUND);
        },
      ));

    it("does not stop the page by tiny messages, as fast as they can be sent", () =>
      attack(
        ({ send, operation }) => {
          const end = performance.now() + 1500;
          for (let turn = 0; performance.now() < end; turn++) send([0, turn, operation(1, 0, "linked")]);
          return "sent";
        },
        async ({ unit }) => {
          const { page: longest } = await longestGaps(async () => {
            await new Promise((resolve) => setTimeout(resolve, 3000));
            await unit.unload({ mode: "force" });
          });
          // They are many, and each is taken by itself: how many may come is a matter of limits.
          expect(longest).to.be.below(5 * BOUND);
        },
      ));

    it("is believed nothing that it says in the place of the guest", () =>
      attack(
        async ({ next, send }) => {
          for (;;) {
            const [type, first] = (await next()) as [number, number];
            if (type === 0) send([1, first, [{ exports: "all", length: -1, name: 7 }]]);
          }
        },
        async ({ unit }) => {
          const reflection = await unit.reflect();
          expect(reflection.exports).to.deep.equal([]);
          reflection.release();
          expect(await unit.inside(() => 1)).to.deep.equal({ exports: "all", length: -1, name: 7 });
          const receipt = await unit.unload();
          expect(receipt.finalizerErrors.map((error) => (error as Anything).code)).to.deep.equal([
            "protocol-violation",
          ]);
        },
      ));
  });
}
