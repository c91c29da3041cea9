import { release, type Host, type Unit } from "leasehold";
import { collectUntil } from "../support/collect.js";
import type { Place } from "../support/every-isolation.js";
import { until } from "../support/until.js";
import { randomCode, type RandomApi } from "./random-code.js";

/** One thing that the page does with its units. */
export interface Step {
  act: keyof typeof acts;
  /** Index of the unit that it is done with. */
  one: number;
  /** Index of the unit that is given. */
  other: number;
  /** Numbers that the unit is told, or the page goes by. */
  first: number;
  second: number;
  /** Whether the page keeps what comes of it, rather than letting go of that. */
  keeps: boolean;
  /** Whether the next step is in another turn. */
  isLast: boolean;
}

/** What a call may fail with: what the unit throws, and that something is not there any more. */
const EXPECTED = ["Error", "TypeError", "ContractError", "DomainUnloadedError", "InvalidStateError"];

type Act = (world: RandomUnits, step: Step) => Promise<unknown> | undefined;
const call =
  (method: string, ...args: ((world: RandomUnits, step: Step) => unknown)[]): Act =>
  (world, step) =>
    world.units[step.one]!.exports[method]!(...args.map((arg) => arg(world, step)));
const exportsOfOther = ({ units }: RandomUnits, { other }: Step): RandomApi => units[other]!.exports as RandomApi;
const held = (world: RandomUnits, { first }: Step): unknown => world.held[first % (world.held.length || 1)];
const first = (_: unknown, step: Step): number => step.first;
const second = (_: unknown, step: Step): number => step.second;
const always = (value: unknown) => (): unknown => value;

/** What the page may do. */
export const acts = {
  takeExports: call("take", exportsOfOther),
  takeUnsettled: call("take", (world, step) => exportsOfOther(world, step)["make"]!(1)),
  takeHeld: call("take", held),
  listen: call(
    "listen",
    always((thing: unknown) => thing),
  ),
  drop: call("drop", first),
  give: call("give", first),
  make: call("make", always(1)),
  passOn: call("passOn", first, second),
  chain: call("chain", first, always(1)),
  read: call("read", first, second),
  useSelf: call("use", first, always("self")),
  useMakeMany: call("use", first, always("makeMany"), always(1)),
  useFail: call("use", first, always("fail")),
  useMake: call("use", first, always("make"), always(1)),
  release: (world, { first }) => void release(world.held.splice(first % (world.held.length || 1), 1)),
  unload: (world, { one }) => world.replace(one, { deadline: Infinity }),
  unloadByForce: (world, { one }) => world.replace(one, { mode: "force" }),
} satisfies Record<string, Act>;

/** A page with three units, with which it does whatever it is told, and which it lets go of in the end. */
export class RandomUnits {
  readonly units: Unit<RandomApi>[] = [];
  /** What the page holds. */
  readonly held: unknown[] = [];
  /** What should not have been thrown. */
  readonly unexpected: unknown[] = [];
  readonly #pending = new Set<Step>();
  readonly #host: Host;
  readonly #load: Place["load"];
  readonly #areAutomatic: boolean[];

  /** @param areAutomatic whether each unit goes by itself */
  constructor({ host, load }: Place, areAutomatic: boolean[]) {
    this.#host = host();
    this.#load = load;
    this.#areAutomatic = areAutomatic;
  }

  /** Does it, and waits for all calls to settle. */
  async live(steps: Step[]): Promise<void> {
    this.units.push(...(await Promise.all([0, 1, 2].map((index) => this.#start(index)))));
    for (const step of steps) {
      await this.#do(step);
      if (step.isLast) await new Promise((resolve) => setTimeout(resolve));
    }
    await until(`all calls have settled: ${[...this.#pending].map(({ act }) => act)}`, () => this.#pending.size === 0);
  }

  /** Lets go of all that the page has; then everything has to go, once it was collected, in so many milliseconds. */
  async end(within: number): Promise<void> {
    release(this.held);
    for (const unit of this.#host.units.values()) void unit.unload({ deadline: Infinity });
    try {
      await collectUntil("all have gone", () => this.#host.units.size === 0, { within });
    } catch (cause) {
      const left = this.#host
        .snapshot()
        .leases.map(({ kind, label, unit, holder }) => [kind, label, unit, holder].join(" "));
      throw new Error(`Not all have gone: ${left.join(", ")}`, { cause });
    }
  }

  /** Takes away what is there still. */
  async close(): Promise<void> {
    await Promise.all([...this.#host.units.values()].map((unit) => unit.unload({ mode: "force" })));
  }

  /** Has a unit go, and another one of the same name be in its place. */
  async replace(index: number, options: Parameters<Unit["unload"]>[0]): Promise<void> {
    this.units[index]!.unload(options).catch((error) => this.unexpected.push(error));
    this.units[index] = await this.#start(index);
  }

  #start(index: number): Promise<Unit<RandomApi>> {
    const name = ["one", "two", "three"][index]!;
    return this.#load<RandomApi>(randomCode, {
      manifest: { name },
      collectible: this.#areAutomatic[index] ? "auto" : "explicit",
    });
  }

  #do(step: Step): Promise<unknown> | undefined {
    const doing = acts[step.act](this, step);
    if (!doing || step.act.startsWith("unload")) return doing;
    this.#pending.add(step);
    doing
      .then(
        (value) => (step.keeps ? void this.held.push(value) : release(value)),
        (error: Error) => EXPECTED.includes(error.name) || this.unexpected.push(error),
      )
      .finally(() => this.#pending.delete(step));
    return undefined;
  }
}
