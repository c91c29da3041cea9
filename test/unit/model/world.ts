import { createRemote, release, Session } from "../../../src/remoting/index.js";
import { capturing, forgetCaptured, type Held } from "../hostile/captured-tables.js";
import type { Random } from "./random.js";
import { build, data, look, thingsIn, type Shape, type Thing } from "./shape.js";
import { microtasks, Timers } from "./tasks.js";
import { WirePort } from "./wire-port.js";

const ROOT = 1;

type Callable = ((...args: unknown[]) => unknown) & Record<string, (...args: unknown[]) => unknown>;

/** What becomes of a call over there. */
type Ending = "value" | "soon" | "late" | "error" | "late error";

/** A call as the model knows it. */
interface Call {
  readonly id: number;
  readonly from: number;
  readonly ending: Ending;
  /** What the function is given; `calls` are results of other calls among it. */
  readonly args: (Shape | Call)[];
  readonly target: Call | undefined;
  /** The other side's things that it cannot do without. */
  readonly needs: Thing[];
  /** What it comes to; things that its callee does not have when it ends are left out by then. */
  result: Shape;
  readonly promise: PromiseLike<unknown> & object;
  /** Whether it was made without being awaited. */
  readonly isQuiet: boolean;
  isAwaited: boolean;
  isReleased: boolean;
  isGivenUp: boolean;
  hasRun: boolean;
  /** Ends it, where it is late. */
  settle?: (() => void) | undefined;
  hasSettled: boolean;
}

/** One end of a session: what it has, and what it holds of the other. */
class Side {
  readonly index: number;
  readonly end: WirePort;
  readonly session: Session;
  readonly held: () => Held;
  readonly root: Callable;
  readonly things: Thing[] = [];
  /** The remotes that it has and has not let go of, with what they are. */
  readonly remotes = new Map<Thing, object>();
  readonly released = new WeakMap<object, Thing>();

  constructor(index: number, end: WirePort, object: object) {
    this.index = index;
    this.end = end;
    [this.session, this.held] = capturing(() => {
      const session = new Session(end.port);
      session.expose(ROOT, object);
      return session;
    });
    this.root = createRemote(() => this.session.invoker, ROOT) as unknown as Callable;
  }
}

/** Two sessions, what two programs do with them, and what has to come of it. */
export class World {
  readonly log: string[] = [];
  readonly faults: unknown[] = [];
  readonly #timers = new Timers();
  readonly #random: Random;
  readonly #sides: Side[];
  readonly #calls: Call[] = [];
  #isOver = false;
  #things = 0;

  constructor(random: Random) {
    this.#random = random;
    this.#timers.install();
    const [one, other] = WirePort.pair();
    this.#sides = [one, other].map((end, index) => new Side(index, end, this.#rootOf(index)));
    for (const { session } of this.#sides)
      void session.closed.then((reason) => !this.#isOver && this.faults.push(reason));
    for (const { index } of this.#sides) for (const kind of KINDS) this.#createThing(index, kind);
  }

  /** Does one thing that a program, or the platform, may do. */
  async step(random: Random): Promise<void> {
    const side = random.one(this.#sides);
    const choice = random.below(100);
    if (choice < 48) this.#call(side, random);
    else if (choice < 57) this.#release(side, random);
    else if (choice < 62) this.#releasePromise(side, random);
    else if (choice < 68) this.#awaitLater(side, random);
    else if (choice < 75) this.#settleLate(random);
    else if (choice < 76) await this.#giveUp(side);
    else if (choice < 90) await this.#deliver(side);
    else if (choice < 97) await this.#endTurn();
    else await this.quiet();
  }

  /** Lets everything arrive that is on its way; then both sides hold what the model says, and no more. */
  async quiet(): Promise<void> {
    this.#note("quiet");
    await this.#drain();
    this.#compare();
  }

  /** Lets go of everything, by hand; then nothing is left. */
  async end(): Promise<void> {
    await this.quiet();
    while (this.#calls.some(({ settle }) => settle)) {
      for (const call of this.#calls) call.settle?.();
      await this.#drain();
    }
    await this.#drain();
    for (const call of this.#calls) if (!call.isAwaited && !call.isReleased) this.#letGo(call);
    for (const side of this.#sides) for (const thing of side.remotes.keys()) this.#releaseThing(side, thing);
    await this.quiet();
    for (const side of this.#sides) {
      const held = { ...side.held(), pending: side.session.pending };
      for (const [name, count] of Object.entries(held))
        if (count !== 0) throw new Error(`At the end: ${count} ${name}`);
    }
  }

  close(): void {
    this.#isOver = true;
    for (const { session } of this.#sides) session.close(new Error("the world ends"));
    this.#timers.uninstall();
    forgetCaptured();
  }

  #rootOf(index: number): object {
    return { go: (id: number, ...args: unknown[]) => this.#run(index, id, args) };
  }

  #createThing(side: number, kind: Thing["kind"]): Thing {
    const run = (id: number, args: unknown[]): unknown => this.#run(side, id, args);
    const thing: Thing = { side, kind, id: this.#things++, object: undefined as never };
    if (kind === "function") thing.object = (id: number, ...args: unknown[]) => run(id, args);
    else if (kind === "instance")
      thing.object = new (class Instance {
        go(id: number, ...args: unknown[]): unknown {
          return run(id, args);
        }
      })();
    else
      thing.object = class Class {
        static go(id: number, ...args: unknown[]): unknown {
          return run(id, args);
        }
      };
    this.#sides[side]?.things.push(thing);
    return thing;
  }

  /** A function of one side's is called by the other. */
  #run(index: number, id: number, args: unknown[]): unknown {
    const call = this.#calls[id] as Call;
    const side = this.#sides[index] as Side;
    this.#check(() => {
      if (call.from === index || call.hasRun) throw new Error(`Call ${id} runs on the wrong side, or again.`);
      call.hasRun = true;
      if (args.length !== call.args.length) throw new Error(`Call ${id} has ${args.length} arguments.`);
      call.args.forEach((arg, at) => {
        const shape = "ending" in arg ? arg.result : arg;
        look(args[at], shape, (value, thing) => this.#see(side, value, thing), `argument ${at} of ${id}`);
      });
    });
    const value = (): unknown => {
      // What comes for nobody is let go of together with what has come of the same thing for somebody.
      call.result = without(
        call.result,
        (thing) => call.isGivenUp || (thing.side !== index && !side.remotes.has(thing)),
      );
      return build(call.result, (thing) => this.#give(side, thing));
    };
    const error = (): Error => Object.assign(new RangeError(`no ${id}`), { code: `c${id}` });
    switch (call.ending) {
      case "value":
        return value();
      case "soon":
        return Promise.resolve(value());
      case "error":
        throw error();
      default:
        return new Promise((resolve, reject) => {
          call.settle = () => {
            call.settle = undefined;
            call.hasSettled = true;
            if (call.ending === "late") resolve(value());
            else reject(error());
          };
        });
    }
  }

  /** A thing as a side has it: its own, or its remote. */
  #give(side: Side, thing: Thing): unknown {
    return thing.side === side.index ? thing.object : side.remotes.get(thing);
  }

  /** A side has got something that should be a thing. */
  #see(side: Side, value: unknown, thing: Thing): void {
    if (thing.side === side.index) {
      if (value !== thing.object) throw new Error(`Thing ${thing.id} came home as something else.`);
      return;
    }
    if (typeof value !== "function")
      throw new Error(`Thing ${thing.id} (${thing.kind}) came as no remote: ${typeof value} ${String(value)}`);
    // It was let go of between its arrival and now.
    if (side.released.get(value) === thing) return;
    const known = side.remotes.get(thing);
    if (known && known !== value) throw new Error(`Thing ${thing.id} has two remotes.`);
    side.remotes.set(thing, value);
  }

  /** Makes a call, of whatever can be called. */
  #call(side: Side, random: Random): void {
    const target = random.happens(25) ? this.#usable(side, random, isCallable) : undefined;
    const thing = random.happens(50) ? random.one([...side.remotes.keys()]) : undefined;
    const on = target ?? thing;
    const args: (Shape | Call)[] = Array.from({ length: random.below(3) }, () => this.#argument(side, random));
    const needed = [target, ...args].filter((one): one is Call => one !== undefined && "ending" in one);
    const isSure = needed.every((call) => this.#isSure(call));
    // What is given to a function that never runs is let go of by the collector alone.
    const safe = isSure
      ? args
      : args.map((arg) => ("ending" in arg || thingsIn(arg).length === 0 ? arg : data("safe")));
    const ending = random.one(ENDINGS);
    // A failure that nobody awaits is an unhandled rejection, as it should be.
    const isAwaited = random.happens(70) || needed.length > 0 || ending.endsWith("error");
    const result = this.#shape(random, this.#sides[1 - side.index] as Side, 3);
    const id = this.#calls.length;
    const values = safe.map((arg) => ("ending" in arg ? arg.promise : build(arg, (one) => this.#give(side, one))));
    const callee = (
      on === undefined ? side.root : target ? this.#promised(target) : side.remotes.get(thing as Thing)
    ) as Callable;
    const kind = target ? callableIn(target)?.kind : thing?.kind;
    const promise = (
      kind === "function" ? callee(id, ...values) : (callee.go as Callable)(id, ...values)
    ) as Call["promise"];
    const call: Call = {
      id,
      from: side.index,
      ending,
      args: safe,
      target,
      needs: [
        ...(thing && !target ? [thing] : []),
        ...(target ? thingsIn(target.result) : []),
        ...safe.flatMap((arg) => thingsIn("ending" in arg ? arg.result : arg)),
      ],
      result,
      promise,
      isQuiet: !isAwaited,
      isAwaited: false,
      isReleased: false,
      isGivenUp: false,
      hasRun: false,
      hasSettled: ending !== "late" && ending !== "late error",
    };
    this.#calls.push(call);
    const names = needed.map((one) => one.id).join();
    this.#note(
      `${side.index} calls ${id}${on ? ` on ${target ? `result ${target.id}` : `thing ${thing?.id}`}` : ""} needs [${names}] ${ending} ${isAwaited ? "" : "quiet"}`,
    );
    if (isAwaited) this.#await(call);
  }

  #promised(call: Call): unknown {
    return call.result.kind === "object" ? (call.promise as unknown as Record<string, unknown>)["p0"] : call.promise;
  }

  #await(call: Call): void {
    call.isAwaited = true;
    const side = this.#sides[call.from] as Side;
    call.promise.then(
      (value) =>
        this.#check(() => {
          if (!this.#canSucceed(call)) throw new Error(`Call ${call.id} should have failed.`);
          if (call.isReleased || call.isGivenUp) throw new Error(`Call ${call.id} was let go of, and succeeded.`);
          look(value, call.result, (part, thing) => this.#see(side, part, thing), `result ${call.id}`);
        }),
      (error: unknown) => this.#check(() => this.#checkError(call, error)),
    );
  }

  #checkError(call: Call, error: unknown): void {
    const { code, message } = error as { code?: string; message: string };
    // Of a thing that was let go of before it was needed again.
    if (
      code === "released" &&
      (call.isReleased || this.#sources(call).some((one) => one !== call || thingsIn(one.result).length > 0))
    )
      return;
    if (this.#sources(call).some((one) => one.isGivenUp) && message === "given up") return;
    if (this.#sources(call).some((one) => one.isGivenUp || one.isReleased) && /given up|was released/.test(message))
      return;
    const failed = this.#sources(call).find((one) => one.ending.endsWith("error") && code === `c${one.id}`);
    if (!failed) throw new Error(`Call ${call.id} failed: ${String(error)} (${String(code)})`, { cause: error });
    if (!(error instanceof RangeError)) throw new Error(`Call ${call.id} failed with another class.`);
    const isOwn = failed === call;
    if (isOwn ? message !== `no ${failed.id}` : !/^.+ failed: no \d+$/.test(message)) {
      throw new Error(`Call ${call.id} failed with "${message}".`);
    }
  }

  /** A call, and all that it depends on. */
  #sources(call: Call): Call[] {
    const needs = [call.target, ...call.args].filter((one): one is Call => one !== undefined && "ending" in one);
    return [call, ...needs.flatMap((one) => this.#sources(one))];
  }

  #canSucceed(call: Call): boolean {
    return this.#sources(call).every((one) => !one.ending.endsWith("error"));
  }

  /** Whether nothing that it depends on can fail. */
  #isSure(call: Call): boolean {
    return this.#sources(call).every(
      ({ ending, isGivenUp, isReleased }) => !ending.endsWith("error") && !isGivenUp && !isReleased,
    );
  }

  #argument(side: Side, random: Random): Shape | Call {
    const call = random.happens(20) ? this.#usable(side, random, () => true) : undefined;
    return call ?? this.#shape(random, side, 3);
  }

  /** A call of this side's whose result may be used further. */
  #usable(side: Side, random: Random, suits: (call: Call) => boolean): Call | undefined {
    const own = this.#calls.slice(-30).filter((call) => call.from === side.index && !call.isReleased && suits(call));
    return own.length > 0 ? random.one(own) : undefined;
  }

  #shape(random: Random, side: Side, depth: number): Shape {
    const choice = random.below(10);
    if (depth === 0 || choice < 3) return data(random.one([1, "text", null, true, [1, 2], { a: "b" }, "x".repeat(80)]));
    if (choice < 7) {
      const own = random.happens(60) || side.remotes.size === 0;
      return { kind: "thing", thing: own ? random.one(side.things) : random.one([...side.remotes.keys()]) };
    }
    if (choice === 7) {
      return {
        kind: "error",
        name: random.one(["RangeError", "TypeError", "Error"]),
        message: "m",
        cause: this.#shape(random, side, depth - 1),
      };
    }
    const kind = random.one(["list", "set", "map", "object"] as const);
    return { kind, parts: Array.from({ length: random.below(4) }, () => this.#shape(random, side, depth - 1)) };
  }

  #release(side: Side, random: Random): void {
    if (side.remotes.size === 0) return;
    const things = [...side.remotes.keys()];
    if (random.happens(70)) return this.#releaseThing(side, random.one(things));
    const some = things.filter(() => random.happens(50));
    this.#note(`${side.index} releases [${some.map(({ id }) => id).join()}]`);
    const container = some.map((thing) => side.remotes.get(thing));
    release(
      random.one([
        container,
        new Set(container),
        new Map(container.map((one) => [one, [one]])),
        { deep: { container } },
      ]),
    );
    for (const thing of some) this.#forget(side, thing);
  }

  #releaseThing(side: Side, thing: Thing): void {
    this.#note(`${side.index} releases ${thing.id}`);
    release(side.remotes.get(thing));
    this.#forget(side, thing);
  }

  #forget(side: Side, thing: Thing): void {
    side.released.set(side.remotes.get(thing) as object, thing);
    side.remotes.delete(thing);
  }

  #releasePromise(side: Side, random: Random): void {
    const used = new Set(this.#calls.flatMap((one) => this.#sources(one).slice(1)));
    const call = this.#usable(side, random, (one) => !one.isAwaited && !one.isGivenUp && !used.has(one));
    if (call) this.#letGo(call);
  }

  #letGo(call: Call): void {
    this.#note(`${call.from} lets go of ${call.id}`);
    call.isReleased = true;
    release(call.promise);
  }

  #awaitLater(side: Side, random: Random): void {
    const call = this.#usable(side, random, (one) => !one.isAwaited);
    if (!call) return;
    this.#note(`${side.index} awaits ${call.id}`);
    this.#await(call);
  }

  #settleLate(random: Random): void {
    const late = this.#calls.filter(({ settle }) => settle);
    if (late.length === 0) return;
    const call = random.one(late);
    this.#note(`${1 - call.from} settles ${call.id}`);
    call.settle?.();
  }

  /** Gives up all that takes longer. */
  async #giveUp(side: Side): Promise<void> {
    // The result of a call that nobody awaits may be kept in the very moment in which it is given up.
    if (this.#calls.some((call) => call.from === side.index && call.isQuiet && !this.#hasEnded(call))) return;
    this.#note(`${side.index} gives up`);
    await this.#drain();
    for (const call of this.#calls) if (call.from === side.index && !this.#hasEnded(call)) call.isGivenUp = true;
    side.session.abandon(() => new Error("given up"));
  }

  async #deliver(side: Side): Promise<void> {
    if (side.end.arriving.length === 0) return this.#endTurn();
    this.#note(`${side.index} gets a message`);
    side.end.deliver();
    await this.#endTurn();
  }

  async #endTurn(): Promise<void> {
    await microtasks();
    if (this.#random.happens(50)) this.#timers.fire();
  }

  async #drain(): Promise<void> {
    for (let calm = 0; calm < 3;) {
      await microtasks();
      calm++;
      if (!this.#timers.isEmpty) calm = 0;
      this.#timers.fire();
      for (const { end } of this.#sides) {
        if (end.arriving.length === 0) continue;
        calm = 0;
        end.deliver();
      }
    }
  }

  #compare(): void {
    for (const side of this.#sides) {
      const other = this.#sides[1 - side.index] as Side;
      const [mine, theirs] = [side.held(), other.held()];
      const say = (what: string, is: number, should: number): void => {
        if (is !== should) throw new Error(`Side ${side.index} has ${is} ${what}, and should have ${should}.`);
      };
      // What a call needs that waits for a result: before it has left, this side keeps it; afterwards, the other has it already.
      const waiting = this.#calls.filter((call) => !call.hasRun && !this.#hasEnded(call));
      const needed = new Set(waiting.flatMap(({ needs }) => needs));
      const more = [...needed].filter((thing) => thing.side === other.index && !side.remotes.has(thing)).length;
      const between = (count: number, from: number): number =>
        Math.min(Math.max(count, from), side.remotes.size + more);
      say("imports", mine.imports, between(mine.imports, side.remotes.size));
      say("imports that the other knows of", theirs.exports, between(theirs.exports, mine.imports));
      say("promises of the other's", mine.promisesIn, theirs.promisesOut);
      say("signals of the other's", mine.signalsIn, theirs.signalsOut);
      const unsettled = this.#calls.filter((call) => call.from === side.index && !this.#hasEnded(call));
      if (unsettled.length === 0) say("calls that have not settled", side.session.pending, 0);
      const results = this.#calls.filter((call) => call.from === other.index && this.#isKept(call));
      say("kept results", mine.kept, results.length);
    }
  }

  #hasEnded(call: Call): boolean {
    return this.#sources(call).every(({ hasSettled }) => hasSettled);
  }

  #isKept(call: Call): boolean {
    if (call.isAwaited || call.isReleased || call.isGivenUp || !this.#hasEnded(call) || !this.#canSucceed(call))
      return false;
    return !(
      call.result.kind === "data" &&
      (typeof call.result.value !== "object" || call.result.value === null) &&
      String(call.result.value).length <= 64
    );
  }

  #check(act: () => void): void {
    try {
      act();
    } catch (error) {
      if (!this.#isOver) this.faults.push(error);
    }
  }

  #note(line: string): void {
    this.log.push(line);
  }
}

const KINDS: Thing["kind"][] = ["function", "instance", "class"];
const ENDINGS: Ending[] = ["value", "value", "value", "value", "soon", "soon", "late", "error", "late error"];

function callableIn(call: Call): Thing | undefined {
  const { result } = call;
  const part = result.kind === "object" ? result.parts[0] : result;
  return part?.kind === "thing" && part.thing.side !== call.from ? part.thing : undefined;
}

/** A value with data in the place of some things. */
function without(shape: Shape, isLeftOut: (thing: Thing) => boolean): Shape {
  if (shape.kind === "thing") return isLeftOut(shape.thing) ? data("gone") : shape;
  if (shape.kind === "error") return { ...shape, cause: without(shape.cause, isLeftOut) };
  return shape.kind === "data" ? shape : { ...shape, parts: shape.parts.map((part) => without(part, isLeftOut)) };
}

function isCallable(call: Call): boolean {
  return callableIn(call) !== undefined;
}
