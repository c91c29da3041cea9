import { LeaseholdError } from "../../../src/errors.js";
import { Ledger, type LeaseSnapshot } from "../../../src/lifetime/index.js";
import { release } from "../../../src/remoting/index.js";
import { forgetCaptured } from "../hostile/captured-tables.js";
import type { Random } from "../model/random.js";
import type { LivedWorld } from "../model/run-worlds.js";
import { microtasks, Timers } from "../model/tasks.js";
import { makeThing, PageUnit, read } from "./page-unit.js";
import { nameOf, type Thing } from "./things.js";

const UNITS = 4;

/** A page with several units, references that go from one to another, and who has to hold what of it in the end. */
export class LendingWorld implements LivedWorld {
  readonly log: string[] = [];
  readonly faults: unknown[] = [];
  readonly #random: Random;
  readonly #timers = new Timers();
  readonly #ledger = new Ledger({ onTake() {}, onRelease() {}, onSettled() {} });
  readonly #units: PageUnit[];
  readonly #things: Thing[] = [];
  /** What the page has, by thing. Of what was taken from it, nothing. */
  readonly #page = new Map<Thing, unknown>();
  /** Things that somebody had, and was made to let go of. */
  readonly #revoked = new Set<Thing>();
  /** Things that something is being done with; what is done with them next would depend on what comes first. */
  readonly #busy = new Set<Thing>();
  #running = 0;

  constructor(random: Random) {
    this.#random = random;
    this.#timers.install();
    this.#units = Array.from({ length: UNITS }, (_, index) => new PageUnit(index, this.#ledger));
    for (const { index, exports } of this.#units)
      this.#page.set(this.#create({ home: index, kind: "dependent" }), exports);
    for (const kind of ["instance", "callback"] as const) {
      const thing = this.#create({ home: undefined, kind });
      this.#page.set(thing, makeThing(thing.id, kind === "callback"));
    }
  }

  step(random: Random): Promise<void> | undefined {
    const choice = random.below(100);
    const thing = random.one(this.#things);
    const unit = random.one(this.#units);
    const other = random.one(this.#units);
    if (choice < 12) this.#make(unit, random);
    else if (choice < 72) this.#pass(thing, unit, other, random);
    else if (choice < 73) return this.#close(unit);
    else if (choice < 76) return this.#revoke(random);
    else if (choice < 88) return this.#deliver(random);
    else return this.#quiet();
    return undefined;
  }

  async end(): Promise<void> {
    await this.#quiet();
    for (const thing of this.#page.keys()) this.#letGo(thing);
    for (const unit of this.#units) for (const thing of unit.kept.keys()) this.#drop(thing, unit);
    await this.#quiet();
    for (const { index, held } of this.#units)
      for (const side of held)
        for (const [name, count] of Object.entries(side()))
          if (count !== 0) throw new Error(`At the end: ${count} ${name} of unit ${index}`);
    if (this.#leases().length > 0) throw new Error(`At the end: ${this.#leases().length} leases`);
  }

  close(): void {
    for (const unit of this.#units) unit.close(() => new Error("the world ends"));
    this.#timers.uninstall();
    forgetCaptured();
  }

  #create(thing: Omit<Thing, "id">): Thing {
    const created = { ...thing, id: this.#things.length };
    this.#things.push(created);
    return created;
  }

  #make(unit: PageUnit, random: Random): void {
    if (unit.isClosed) return;
    const thing = this.#create({ home: unit.index, kind: random.one(["instance", "callback"]) });
    this.#do(thing, `unit ${unit.index} makes ${thing.kind}`, async () => {
      this.#page.set(thing, await unit.exports.make(thing.id, thing.kind === "callback"));
    });
  }

  /** Something becomes of a thing: it is given to a unit, by the page or another unit, comes back, is used, or let go of. */
  #pass(thing: Thing, unit: PageUnit, other: PageUnit, random: Random): void {
    if (this.#busy.has(thing) || unit.isClosed) return;
    const has = this.#page.has(thing);
    const keeps = unit.kept.get(thing) ?? unit.index === thing.home;
    const way = this.#things.find(({ kind, home }) => kind === "dependent" && home === other.index) as Thing;
    const canReach = unit.kept.get(way) && !this.#busy.has(way) && !other.isClosed && way !== thing;
    const otherKeeps = other.kept.get(thing) ?? other.index === thing.home;
    switch (random.below(8)) {
      case 0:
      case 1:
        return has ? this.#give(thing, unit, random.happens(30)) : undefined;
      case 2:
        return keeps && thing.kind !== "dependent" ? this.#take(thing, unit) : undefined;
      case 3:
        return has ? this.#use(thing, "page", () => read(this.#page.get(thing))) : undefined;
      case 4:
        if (!unit.kept.has(thing)) return undefined;
        if (!unit.kept.get(thing)) return this.#useGone(thing, unit, random);
        return this.#use(thing, `unit ${unit.index}`, () => unit.exports.use(thing.id));
      case 5:
        return random.happens(50) ? this.#letGo(thing) : this.#drop(thing, unit);
      case 6:
        return canReach && keeps && thing.kind !== "dependent"
          ? this.#relay(thing, unit, other, way, random)
          : undefined;
      default:
        return canReach && otherKeeps && thing.kind !== "dependent" ? this.#fetch(thing, unit, other, way) : undefined;
    }
  }

  #give(thing: Thing, unit: PageUnit, isLast: boolean): void {
    this.#do(thing, `${unit.index} is given ${thing.id}${isLast ? ", which the page lets go of" : ""}`, async () => {
      const giving = unit.exports.keep(thing.id, this.#page.get(thing));
      if (isLast) this.#letGo(thing);
      const isSame = await giving;
      if (unit.kept.get(thing) && !isSame) throw new Error(`It came as something else than before.`);
      this.#keeps(unit, thing);
    });
  }

  #take(thing: Thing, unit: PageUnit): void {
    this.#do(thing, `the page takes ${thing.id} from ${unit.index}`, async () => {
      const value = await unit.exports.give(thing.id);
      const known = this.#page.get(thing);
      if (known !== undefined && known !== value) throw new Error(`Thing ${thing.id} came as something else.`);
      this.#page.set(thing, value);
    });
  }

  #relay(thing: Thing, unit: PageUnit, other: PageUnit, way: Thing, random: Random): void {
    const isLast = random.happens(40) && unit.index !== thing.home;
    this.#busy.add(way);
    this.#do(thing, `${unit.index} gives ${thing.id} to ${other.index}${isLast ? " for good" : ""}`, async () => {
      const passing = unit.exports.pass(thing.id, way.id, isLast);
      if (isLast && unit !== other) unit.kept.delete(thing);
      await passing;
      this.#keeps(other, thing);
    });
  }

  #fetch(thing: Thing, unit: PageUnit, other: PageUnit, way: Thing): void {
    this.#busy.add(way);
    this.#do(thing, `${unit.index} fetches ${thing.id} from ${other.index}`, async () => {
      await unit.exports.fetch(thing.id, way.id);
      this.#keeps(unit, thing);
    });
  }

  /** Whoever uses a thing hears its name. */
  #use(thing: Thing, who: string, use: () => string | Promise<string>): void {
    this.#do(thing, `${who} uses ${thing.id}`, async () => {
      const name = await use();
      if (name !== nameOf(thing)) throw new Error(`Thing ${thing.id} says it is ${name}.`);
    });
  }

  /** What a unit has that is gone is gone wherever it goes. */
  #useGone(thing: Thing, unit: PageUnit, random: Random): void {
    const who = `unit ${unit.index}`;
    if (random.happens(50)) this.#refused(thing, who, () => unit.exports.use(thing.id));
    else this.#refused(thing, `the page, from ${who},`, async () => read(await unit.exports.give(thing.id)));
  }

  #letGo(thing: Thing): void {
    if (thing.home === undefined || thing.kind === "dependent" || !this.#page.has(thing)) return;
    this.#note(`the page lets go of ${thing.id}`);
    release(this.#page.get(thing));
    this.#page.delete(thing);
  }

  #drop(thing: Thing, unit: PageUnit): void {
    if (!unit.kept.has(thing)) return;
    unit.kept.delete(thing);
    this.#do(thing, `${unit.index} lets go of ${thing.id}`, async () => unit.exports.drop(thing.id));
  }

  #keeps(unit: PageUnit, thing: Thing): void {
    if (unit.index !== thing.home && !unit.isClosed) unit.kept.set(thing, true);
  }

  /** Somebody has a holder let go by the number of its lease. */
  async #revoke(random: Random): Promise<void> {
    await this.#quiet();
    const leases = this.#leases();
    if (leases.length === 0) return;
    const { id, unit, holder, label } = random.one(leases);
    this.#note(`revoke ${id}: ${label} of ${unit} held by ${holder}`);
    if (this.#ledger.revoke([id]) !== 1) throw new Error(`Lease ${id} was not there.`);
    const name = label === "exports" ? `exports ${unit.at(4)}` : label;
    const thing = this.#things.find((each) => nameOf(each) === name) as Thing;
    this.#revoked.add(thing);
    if (holder === "host") this.#page.delete(thing);
    else this.#units[Number(holder.at(4))]?.kept.set(thing, false);
  }

  async #close(unit: PageUnit): Promise<void> {
    await this.#quiet();
    if (unit.isClosed) return;
    this.#note(`close ${unit.index}`);
    const reason = (): Error =>
      new LeaseholdError("DomainUnloadedError", "unit-unloaded", `unit ${unit.index} is gone`);
    unit.close(reason);
    unit.kept.clear();
    for (const thing of this.#things.filter(({ home }) => home === unit.index)) {
      for (const { kept } of this.#units) if (kept.has(thing)) kept.set(thing, false);
      const gone = this.#page.get(thing);
      this.#page.delete(thing);
      if (gone) this.#refused(thing, "the page", () => read(gone));
    }
  }

  /** Does something with a thing that nothing else is done with meanwhile; it ends well, or it could not. */
  #do(thing: Thing, what: string, act: () => Promise<void>): void {
    this.#note(what);
    this.#busy.add(thing);
    this.#running++;
    act().then(
      () => this.#running--,
      (error: unknown) => this.faults.push(new Error(`${what}: ${String(error)}`, { cause: error })) && this.#running--,
    );
  }

  /** Whoever uses what is gone hears so. */
  #refused(thing: Thing, who: string, use: () => string | Promise<string>): void {
    this.#do(thing, `${who} uses ${thing.id}, which is gone`, async () => {
      const error = await (async () => use())().then(
        (name) => new Error(`it says ${name}`),
        (reason: Error) => reason,
      );
      const isGone = error.name === "DomainUnloadedError";
      const isReleased = error.name === "InvalidStateError" && (error as LeaseholdError).code === "released";
      if (!isGone && !(isReleased && this.#revoked.has(thing))) throw error;
    });
  }

  async #deliver(random: Random): Promise<void> {
    for (let times = random.below(6); times > 0; times--) {
      const ends = this.#units.flatMap((unit) => unit.ends).filter((end) => end.arriving.length > 0 && !end.isClosed);
      if (ends.length > 0) random.one(ends).deliver();
      await microtasks();
    }
  }

  /** Lets everything arrive; then everybody has heard, and the ledger and the tables say who holds what. */
  async #quiet(): Promise<void> {
    for (;;) {
      await microtasks();
      const ends = this.#units.flatMap((unit) => unit.ends).filter((end) => end.arriving.length > 0 && !end.isClosed);
      if (ends.length > 0) this.#random.one(ends).deliver();
      else if (!this.#timers.isEmpty) this.#timers.fire();
      else break;
    }
    if (this.faults.length > 0) throw this.faults[0] as Error;
    if (this.#running > 0) throw new Error(`${this.#running} things that were begun do not end.`);
    this.#busy.clear();
    this.#compare();
  }

  #compare(): void {
    const leases = this.#leases().map(({ kind, unit, holder, label }) => [kind, unit, holder, label].join(" "));
    const expected = this.#units.flatMap((unit) => this.#holdersOf(unit));
    equal("leases", leases.sort().join("\n"), expected.sort().join("\n"));
    for (const unit of this.#units.filter(({ isClosed }) => !isClosed)) {
      const [page, guest] = unit.held.map((held) => held());
      const lent = new Set(
        this.#holdersOf(unit)
          .filter((lease) => !lease.startsWith("dependent"))
          .map(labelOf),
      );
      const of = (what: string): string => `${what} of unit ${unit.index}`;
      equal(of("imports"), page?.imports, lent.size);
      equal(of("exports there"), guest?.exports, lent.size);
      equal(of("exports"), page?.exports, unit.kept.size);
      equal(of("imports there"), guest?.imports, unit.kept.size);
    }
  }

  /** All but those of the units on themselves. */
  #leases(): LeaseSnapshot[] {
    return this.#ledger.snapshot().filter(({ kind }) => kind !== "pin");
  }

  /** The leases that there should be on a unit. */
  #holdersOf({ index, isClosed }: PageUnit): string[] {
    if (isClosed) return [];
    return this.#things
      .filter(({ home }) => home === index)
      .flatMap((thing) => {
        const label = thing.kind === "dependent" ? "exports" : nameOf(thing);
        const holders = this.#units.filter(({ kept }) => kept.get(thing)).map(({ account }) => account.unit);
        if (thing.kind !== "dependent" && this.#page.has(thing)) holders.push("host");
        return holders.map((holder) => [thing.kind, `unit${index}@1`, holder, label].join(" "));
      });
  }

  #note(line: string): void {
    this.log.push(line);
  }
}

function labelOf(lease: string): string {
  return lease.split(" ").slice(3).join(" ");
}

function equal(what: string, is: unknown, expected: unknown): void {
  if (is !== expected) throw new Error(`${what}: ${String(is)}, and should be ${String(expected)}`);
}
