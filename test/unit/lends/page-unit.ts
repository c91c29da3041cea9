import { DISPOSE } from "../../../src/dispose.js";
import { createRemote, Session } from "../../../src/remoting/index.js";
import type { Account, Ledger } from "../../../src/lifetime/index.js";
import { capturing, type Held } from "../hostile/captured-tables.js";
import { WirePort } from "../model/wire-port.js";
import type { Thing } from "./things.js";

const ROOT = 1;

/** What a unit does when it is asked to; all by the id of a thing. */
export interface Keeper {
  read(): string;
  make(id: number, isFunction: boolean): unknown;
  /** Whether that is what it has by that id already. */
  keep(id: number, value: unknown): boolean;
  drop(id: number): void;
  give(id: number): unknown;
  use(id: number): Promise<string>;
  /** Passes something on to another unit whose exports it has, and may let go of it at once. */
  pass(id: number, to: number, isLast: boolean): Promise<void>;
  fetch(id: number, from: number): Promise<void>;
}

/** Anything that says which thing it is. */
export function read(value: unknown): string | Promise<string> {
  const thing = value as { read(): string } & (() => string);
  return thing.read();
}

/** An instance, or a function with the same member; both bear its name, which its leases do, too. */
export function makeThing(id: number, isFunction: boolean): object {
  const name = { value: `thing ${id}` };
  const say = Object.defineProperty(() => name.value, "name", name);
  if (isFunction) return Object.assign(say, { read: say });
  class Point {
    read(): string {
      return name.value;
    }
  }
  Object.defineProperty(Point, "name", name);
  return new Point();
}

/** The guest's side of a unit: keeps what it is given, by id. */
function createKeeper(name: number): Keeper {
  const kept = new Map<number, unknown>();
  const made = new Set<unknown>();
  const letGo = (value: unknown): void => {
    if (!made.has(value)) (value as Partial<Disposable> | undefined)?.[DISPOSE]?.();
  };
  const keep = (id: number, value: unknown): boolean => {
    const known = kept.get(id);
    if (known !== value) letGo(known);
    kept.set(id, value);
    return known === value;
  };
  const drop = (id: number): void => {
    letGo(kept.get(id));
    kept.delete(id);
  };
  return {
    read: () => `exports ${name}`,
    make(id, isFunction) {
      const thing = makeThing(id, isFunction);
      made.add(thing);
      kept.set(id, thing);
      return thing;
    },
    keep,
    drop,
    give: (id) => kept.get(id),
    use: async (id) => read(kept.get(id)),
    async pass(id, to, isLast) {
      const passing = (kept.get(to) as Keeper).keep(id, kept.get(id)) as unknown as Promise<unknown>;
      if (isLast) drop(id);
      await passing;
    },
    fetch: async (id, from) => void keep(id, await (kept.get(from) as Keeper).give(id)),
  };
}

/** A unit as the page has it, with both ends of its session. */
export class PageUnit {
  readonly index: number;
  readonly account: Account;
  readonly session: Session;
  readonly held: [page: () => Held, guest: () => Held];
  readonly ends: [WirePort, WirePort];
  readonly exports: Keeper;
  /** Things that its guest has, other than its own; false: they were taken from it, or are gone. */
  readonly kept = new Map<Thing, boolean>();
  isClosed = false;
  readonly #guest: Session;
  readonly #ledger: Ledger;

  constructor(index: number, ledger: Ledger) {
    this.index = index;
    this.#ledger = ledger;
    this.account = ledger.open(`unit${index}@1`);
    this.ends = WirePort.pair();
    const [session, held] = capturing(() => this.#open(this.ends[0], {}));
    const [guest, heldThere] = capturing(() => this.#open(this.ends[1], createKeeper(index)));
    this.session = session;
    this.#guest = guest;
    this.held = [held, heldThere];
    session.enter(this.account);
    this.account.take({ kind: "pin", label: this.account.unit });
    this.exports = createRemote(() => session.invoker, ROOT) as unknown as Keeper;
  }

  /** As a host takes it away. */
  close(reason: (label?: string) => Error): void {
    this.isClosed = true;
    this.session.close(reason);
    this.#ledger.close(this.account);
    this.#guest.close(reason());
  }

  #open(end: WirePort, object: object): Session {
    const session = new Session(end.port);
    session.expose(ROOT, object);
    return session;
  }
}
