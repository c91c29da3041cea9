import { expect } from "chai";
import fc from "fast-check";
import { LeaseholdError } from "../../src/errors.js";
import { isPacket } from "../../src/remoting/wire/guard.js";
import { Kind } from "../../src/remoting/wire/protocol.js";
import { leavesNothing } from "../support/baseline.js";
import { capturing, forgetCaptured, givenAway, type Held } from "./hostile/captured-tables.js";
import { mutate, type Mutation } from "./hostile/mutate.js";
import { oddValue } from "./hostile/odd-values.js";
import { nextTasks, openPage, record, type Conversation, type OpenPage } from "./hostile/scenarios.js";
import { operation } from "./hostile/requests.js";
import { checkShared, watchPage } from "./hostile/watch-page.js";
import { WirePort } from "./model/wire-port.js";

/** How many pages are attacked at a time, and how often. */
const PAGES = 1000;
const ROUNDS = 100;
const SEED = 20_261_121;

/** How one page is attacked: by a conversation in which something is wrong from some message on. */
interface Attack {
  conversation: number;
  message: number;
  /** None: the message is an odd value altogether. */
  mutations: Mutation[];
  /** How many more messages are changed in the same way. */
  more: number;
}

const nat = fc.nat({ max: 1 << 20 });
const attacks: fc.Arbitrary<Attack> = fc.record({
  conversation: nat,
  message: nat,
  mutations: fc.array(fc.record({ place: nat, act: fc.nat({ max: 8 }), value: nat }), { maxLength: 3 }),
  more: fc.nat({ max: 2 }),
});

interface Victim extends OpenPage {
  attack: Attack;
  script: Conversation;
  /** Number of the message at which it begins, and of the next. */
  begins: number;
  at: number;
  held(): Held;
  check(): void;
  reason: unknown;
  /** Number of the peer's next operation, by what was answered. */
  next: number;
}

function* simplerThan(attack: Attack): Generator<Attack> {
  if (attack.more > 0) yield { ...attack, more: 0 };
  for (let at = 0; at < attack.mutations.length && attack.mutations.length > 1; at++) {
    yield { ...attack, mutations: attack.mutations.toSpliced(at, 1) };
  }
}

let conversations: Conversation[];
let sent = 0;
let closed = 0;

function openVictim(attack: Attack): Victim {
  const [end] = WirePort.pair();
  const script = conversations[attack.conversation % conversations.length] as Conversation;
  const [opened, held] = capturing(() => openPage(end));
  const begins = attack.message % script.flat().length;
  const victim = { ...opened, attack, script, begins, at: 0, held, check: watchPage(opened.page), next: 0 } as Victim;
  void opened.session.closed.then((reason) => (victim.reason = reason));
  return victim;
}

/** What is delivered in the place of the next message. */
function messageOf(victim: Victim, original: unknown): unknown {
  const { attack, begins } = victim;
  const at = victim.at++;
  if (at < begins || at > begins + attack.more) return structuredClone(original);
  sent++;
  return attack.mutations.length > 0 ? mutate(original, attack.mutations) : structuredClone(oddValue(attack.message));
}

function deliver(victim: Victim, message: unknown): void {
  victim.end.arriving.push(message);
  victim.end.deliver();
}

/** Looks at what the page has sent: nothing but packets, each reply to what was asked. */
function readAnswers(victim: Victim): unknown[][] {
  const answers = victim.end.other.arriving.splice(0) as unknown[][];
  for (const answer of answers) {
    if (!isPacket(answer)) throw new Error(`The page sent what is no packet: ${JSON.stringify(answer)}`);
    if (answer[0] === 1) victim.next = Math.max(victim.next, answer[1] + answer[2].length);
  }
  return answers;
}

async function attackAll(list: readonly Attack[]): Promise<void> {
  const victims = list.map(openVictim);
  await nextTasks();
  const rounds = Math.max(...victims.map(({ script }) => script.length));
  for (let round = 0; round < rounds; round++) {
    for (const victim of victims) {
      for (const original of victim.script[round] ?? []) {
        if (victim.reason === undefined && !victim.end.isClosed) deliver(victim, messageOf(victim, original));
      }
    }
    await nextTasks();
    victims.forEach(readAnswers);
  }
  checkShared();
  for (const victim of victims) {
    victim.check();
    if (victim.reason === undefined) deliver(victim, [0, victim.next, operation(Kind.call, "echo", "alive")]);
  }
  await nextTasks();
  for (const victim of victims) finish(victim);
  expect(givenAway, "functions of the platform's").to.deep.equal([]);
  forgetCaptured();
}

/** It has closed with the coded error, or still answers. Closed, it holds nothing. */
function finish(victim: Victim): void {
  const { reason, session } = victim;
  if (reason === undefined) {
    const alive = readAnswers(victim).find(([type, , values]) => type === 1 && (values as unknown[])[0] === "alive");
    if (!alive) throw new Error("The session is open, and does not answer.");
  } else if (!(reason instanceof LeaseholdError) || !["protocol-violation", "session-closed"].includes(reason.code)) {
    throw new Error(`The session closed with ${String(reason)}.`);
  } else closed++;
  session.close(new Error("the test is over"));
  const held = { ...victim.held(), pending: session.pending };
  for (const [name, count] of Object.entries(held)) if (count !== 0) throw new Error(`It still has ${count} ${name}.`);
}

describe("a page whose peer sends messages with something wrong in them", () => {
  leavesNothing();

  const escaped: unknown[] = [];
  const onError = (event: ErrorEvent): void => void escaped.push(event.error);
  const onRejection = (event: PromiseRejectionEvent): void => void escaped.push(event.reason);
  const made: unknown[] = [];
  const codeMakers = ["Function", "eval"] as const;
  const originals = codeMakers.map((name) => Reflect.get(globalThis, name) as () => unknown);

  before(async () => {
    conversations = await record();
    window.addEventListener("error", onError);
    window.addEventListener("unhandledrejection", onRejection);
    codeMakers.forEach((name, index) => {
      const note = (args: unknown[]): never => {
        made.push(args);
        throw new EvalError("no code is made here");
      };
      const spy = new Proxy(originals[index] as () => unknown, {
        apply: (_target, _this, args) => note(args),
        construct: (_target, args) => note(args),
      });
      Reflect.set(globalThis, name, spy);
    });
  });

  after(() => {
    codeMakers.forEach((name, index) => Reflect.set(globalThis, name, originals[index]));
    window.removeEventListener("error", onError);
    window.removeEventListener("unhandledrejection", onRejection);
  });

  async function faultOf(list: readonly Attack[]): Promise<unknown> {
    escaped.length = made.length = givenAway.length = 0;
    try {
      await attackAll(list);
      expect(escaped, "what nobody caught").to.deep.equal([]);
      expect(made, "code that was made").to.deep.equal([]);
      return undefined;
    } catch (error) {
      forgetCaptured();
      return error;
    }
  }

  /** The one attack of a list that does harm by itself, made as simple as it can be. */
  async function smallest(list: readonly Attack[]): Promise<[Attack, unknown]> {
    for (const one of list) {
      let attack = one;
      let fault = await faultOf([attack]);
      if (fault === undefined) continue;
      for (let simpler: Attack | undefined = attack; simpler;) {
        attack = simpler;
        simpler = undefined;
        for (const candidate of simplerThan(attack)) {
          const found = await faultOf([candidate]);
          if (found === undefined) continue;
          [simpler, fault] = [candidate, found];
          break;
        }
      }
      return [attack, fault];
    }
    throw new Error("No attack does harm by itself.");
  }

  it("closes the session or answers, is unharmed, and holds nothing afterwards", async function () {
    this.timeout(120_000);
    const began = performance.now();
    for (let round = 0; round < ROUNDS; round++) {
      const list = fc.sample(attacks, { seed: SEED + round, numRuns: PAGES });
      if ((await faultOf(list)) === undefined) continue;
      const [attack, fault] = await smallest(list);
      throw new Error(`Seed ${SEED}, round ${round}: ${JSON.stringify(attack)}: ${(fault as Error).stack}`, {
        cause: fault,
      });
    }
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    console.log(`seed ${SEED}: ${sent} wrong messages, ${closed} sessions closed, ${seconds} s`);
    expect(sent).to.be.at.least(100_000);
  });
});
