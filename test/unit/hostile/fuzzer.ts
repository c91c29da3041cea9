import { LeaseholdError } from "../../../src/errors.js";
import { givenLimits } from "../../../src/policy/index.js";
import { isPacket } from "../../../src/remoting/wire/guard.js";
import { Kind } from "../../../src/remoting/wire/protocol.js";
import { Random } from "../model/random.js";
import { WirePort } from "../model/wire-port.js";
import { capturing, forgetCaptured, givenAway, type Held } from "./captured-tables.js";
import { generate } from "./generate.js";
import { mutate, type Mutation } from "./mutate.js";
import { oddValue } from "./odd-values.js";
import { operation } from "./requests.js";
import { nextTasks, openPage, record, type Conversation, type OpenPage } from "./scenarios.js";
import { Outside } from "./outside.js";
import { checkShared, watchPage } from "./watch-page.js";

/** How one page is attacked: by a conversation in which something is wrong from some message on, and then by what was made up. */
export interface Attack {
  conversation: number;
  message: number;
  /** None: the message is an odd value altogether. */
  mutations: Mutation[];
  /** How many more messages are changed in the same way; -1: there is no such conversation. */
  more: number;
  /** Messages that follow, each by the seeds of its operations. */
  generated: number[][];
  /** Whether the page's session has limits, which are low. */
  isLimited: boolean;
}

/** What an attack did to a page that it must not. */
export interface Fault {
  attack: Attack;
  error: Error;
}

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

/** Milliseconds that nothing a peer sends may take. */
const BOUND = 2000;

/** What every session is held to, as a header can stand for a million operations; some to all that there is. */
const few = { operationsPerSecond: 10_000 };
const limits = { messageBytes: 100_000, operationsPerSecond: 2000, pendingCalls: 20, ownPendingCalls: 20, leases: 20 };
const codes = ["protocol-violation", "session-closed", "operations-per-second"];
const limitCodes = ["message-bytes", "pending-calls", "leases"];

/** Attacks pages by messages in which something is wrong: a session closes with its coded error or answers, and is unharmed. */
export class Fuzzer {
  /** Wrong messages that have been delivered. */
  sent = 0;
  /** Sessions that have closed for one, and that have not. */
  closed = 0;
  alive = 0;
  readonly #conversations: Conversation[];
  readonly #outside = new Outside();

  private constructor(conversations: Conversation[]) {
    this.#conversations = conversations;
  }

  /** Notes what honest peers say; `close` must be called afterwards. */
  static async open(): Promise<Fuzzer> {
    return new Fuzzer(await record());
  }

  close(): void {
    this.#outside.close();
  }

  /**
   * Attacks so many pages at a time.
   * @returns the smallest attack that does harm by itself, where one does
   */
  async round(seed: number, pages: number): Promise<Fault | undefined> {
    const list = attacks(seed, pages);
    const error = await this.#faultOf(list);
    return error === undefined ? undefined : this.#smallest(list, error);
  }

  async #faultOf(list: readonly Attack[]): Promise<Error | undefined> {
    this.#outside.reset();
    givenAway.length = 0;
    try {
      await this.#attackAll(list);
      this.#outside.check();
      return undefined;
    } catch (error) {
      forgetCaptured();
      return error as Error;
    }
  }

  async #smallest(list: readonly Attack[], together: Error): Promise<Fault> {
    for (const one of list) {
      let error = await this.#faultOf([one]);
      if (!error) continue;
      let attack = one;
      for (let simpler: Attack | undefined = attack; simpler;) {
        attack = simpler;
        simpler = undefined;
        for (const candidate of simplerThan(attack)) {
          const found = await this.#faultOf([candidate]);
          if (!found) continue;
          [simpler, error] = [candidate, found];
          break;
        }
      }
      return { attack, error };
    }
    const message = `No attack does harm by itself; together they do: ${together.message}`;
    return { attack: list[0] as Attack, error: new Error(message, { cause: together }) };
  }

  async #attackAll(list: readonly Attack[]): Promise<void> {
    const victims = list.map((attack) => this.#open(attack));
    await nextTasks();
    const rounds = Math.max(...victims.map(({ script }) => script.length));
    for (let round = 0; round < rounds; round++) {
      for (const victim of victims) {
        for (const original of victim.script[round] ?? []) {
          if (isOpen(victim)) deliver(victim, this.#messageOf(victim, original));
        }
      }
      await nextTasks();
      victims.forEach(readAnswers);
    }
    for (let turn = 0; victims.some(({ attack }) => turn < attack.generated.length); turn++) {
      for (const victim of victims) this.#sendGenerated(victim, victim.attack.generated[turn]);
      // What is late is answered now and then.
      if (turn % 4 === 3) await nextTasks();
      victims.forEach(readAnswers);
    }
    checkShared();
    for (const victim of victims) {
      victim.check();
      if (isOpen(victim)) deliver(victim, [0, victim.next, operation(Kind.call, "echo", "alive")]);
    }
    await nextTasks();
    for (const victim of victims) this.#finish(victim);
    if (givenAway.length > 0)
      throw new Error(`Functions of the platform's were given away: ${givenAway.map(String).join()}`);
    forgetCaptured();
  }

  #open(attack: Attack): Victim {
    const [end] = WirePort.pair();
    const all = this.#conversations;
    const script = attack.more < 0 ? [] : (all[attack.conversation % all.length] as Conversation);
    const [opened, held] = capturing(() => openPage(end));
    opened.session.limit(attack.isLimited ? limits : givenLimits(few), true);
    const begins = attack.message % script.flat().length;
    const victim = { ...opened, attack, script, begins, at: 0, held, check: watchPage(opened.page), next: 0 } as Victim;
    void opened.session.closed.then((reason) => (victim.reason = reason));
    return victim;
  }

  /** What is delivered in the place of the next message. */
  #messageOf(victim: Victim, original: unknown): unknown {
    const { attack, begins } = victim;
    const at = victim.at++;
    if (at < begins || at > begins + attack.more) return structuredClone(original);
    this.sent++;
    return attack.mutations.length > 0 ? mutate(original, attack.mutations) : structuredClone(oddValue(attack.message));
  }

  #sendGenerated(victim: Victim, seeds: number[] | undefined): void {
    if (!seeds || !isOpen(victim)) return;
    const { request, count } = generate(victim.next, seeds);
    deliver(victim, structuredClone(request));
    victim.next += count;
    this.sent++;
  }

  /** It has closed with a coded error, or still answers. Closed, it holds nothing. */
  #finish(victim: Victim): void {
    const { reason, session, attack } = victim;
    if (reason === undefined) {
      const alive = readAnswers(victim).find(([type, , values]) => type === 1 && (values as unknown[])[0] === "alive");
      if (!alive) throw new Error("The session is open, and does not answer.");
      this.alive++;
    } else if (!(reason instanceof LeaseholdError) || !codesFor(attack).includes(reason.code)) {
      throw new Error(`The session closed with ${String(reason)}.`);
    } else this.closed++;
    session.close(new Error("the test is over"));
    const held = { ...victim.held(), pending: session.pending };
    for (const [name, count] of Object.entries(held))
      if (count !== 0) throw new Error(`It still has ${count} ${name}.`);
  }
}

const codesFor = ({ isLimited }: Attack): string[] => (isLimited ? [...codes, ...limitCodes] : codes);

const isOpen = ({ reason, end }: Victim): boolean => reason === undefined && end.onmessage !== null;

function attacks(seed: number, count: number): Attack[] {
  const random = new Random(seed);
  const nat = (): number => random.below(1 << 20);
  const list = <T>(length: number, make: () => T): T[] => Array.from({ length }, make);
  return list(count, () => ({
    conversation: nat(),
    message: nat(),
    mutations: list(random.happens(5) ? 0 : 1 + random.below(3), () => ({
      place: nat(),
      act: random.below(9),
      value: nat(),
    })),
    more: random.happens(50) ? -1 : random.below(3),
    generated: list(random.below(150), () => list(1 + random.below(4), nat)),
    isLimited: random.happens(10),
  }));
}

function* simplerThan(attack: Attack): Generator<Attack> {
  if (attack.isLimited) yield { ...attack, isLimited: false };
  const { generated, mutations } = attack;
  for (let at = 0; at < generated.length; at++) yield { ...attack, generated: generated.toSpliced(at, 1) };
  for (let at = 0; at < generated.length; at++) {
    const seeds = generated[at] as number[];
    for (let part = 0; part < seeds.length && seeds.length > 1; part++) {
      yield { ...attack, generated: generated.with(at, seeds.toSpliced(part, 1)) };
    }
  }
  if (attack.more >= 0) yield { ...attack, more: -1 };
  if (attack.more > 0) yield { ...attack, more: 0 };
  for (let at = 0; at < mutations.length && mutations.length > 1; at++) {
    yield { ...attack, mutations: mutations.toSpliced(at, 1) };
  }
}

function deliver(victim: Victim, message: unknown): void {
  const began = performance.now();
  victim.end.arriving.push(message);
  victim.end.deliver();
  const took = performance.now() - began;
  if (took > BOUND) throw new Error(`A message took ${took.toFixed()} ms.`);
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
