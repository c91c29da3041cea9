import { createHost, type Host, type Unit } from "leasehold";
import { inEngine } from "../../support/engine.js";
import { until } from "../../support/until.js";
import { attackerCode, sourceOf, type Attacker, type Depth, type Told } from "./attacker.js";
import { arrived, collectorOrigin, collectorPorts } from "./collector.js";
import { Control } from "./control.js";
import { PageFixture } from "./page-fixture.js";
import {
  isThereIn,
  isUnseen,
  openHere,
  places,
  uncontrolledHere,
  type Group,
  type Place,
  type Seen,
  type Target,
  type Vector,
} from "./vector.js";
import { watchBrowser } from "./watch-browser.js";

/** The frame document as users are told to serve it, for pages some of whose units may be granted something. */
export const servedFrame = "/support/frame.html?network=http://granted.invalid";

/** One vector, tried once in one realm. */
export interface Try {
  vector: Vector;
  where: Place | "control";
  depth: Depth | "plain frame" | "plain worker";
  to: Target;
  told?: Told;
  /** Whether it got what it wanted. */
  through: boolean;
}

/** Tries nothing, and tells that it was made: what is stopped was a try. */
export const witness: Vector = { name: "nothing", seen: "value", worker: true, run: () => true };

/** From where tries are made in a place. */
const depthsIn = (place: Place): Depth[] =>
  place.endsWith("frame") ? ["own", "blank", "srcdoc", "nested"] : ["own", "nested"];

/** What the page has to be looked at for right after a try, because nothing tells whose it was. */
const exclusive = new Set<Seen>(["history", "focus", "key", "cover", "window"]);

/** A cache of the page's. */
const CACHE = "attacks";

/** Milliseconds that what is known to get through may take, on a machine that has other things to do. */
const PATIENCE = 10_000;

/** Milliseconds in which nothing may arrive any more, once all has that is known to. */
const SILENCE = 700;

/** Milliseconds that something of the interface takes to reach the page from another process. */
const NOTICED = 150;

/** How many units that make one try are loaded at once. */
const AT_ONCE = 6;

/** How many other tries are made at once: each may start a worker, of which an engine starts one after the other. */
const MOST = 60;

/**
 * Firefox lets a worker wait for ever that starts more than a few of its own, and now and then one that starts its first: there each try
 * in a worker is made in another one.
 */
const workersShare = inEngine({ chromium: true, firefox: false, webkit: true });

/** Makes every try of a group: controls, and in every place from every realm that a unit comes by there. */
export async function tryAll(group: Group): Promise<Try[]> {
  const run = new Run(group);
  try {
    return await run.run();
  } finally {
    await run.end();
  }
}

class Run {
  readonly #group: Group;
  readonly #control = new Control();
  readonly #fixture = new PageFixture();
  readonly #blob = URL.createObjectURL(new Blob(["of the page's"]));
  readonly #heard = new Set<string>();
  readonly #channel = new BroadcastChannel("attacks");
  readonly #hosts = new Map<Place, Host>();
  /** By their places: the units that make all tries but those that want one for themselves. */
  readonly #shared = new Map<Place, Unit<Attacker>>();
  readonly #tries: Try[] = [];

  constructor(group: Group) {
    this.#group = group;
    this.#channel.onmessage = ({ data }: MessageEvent<string>) => this.#heard.add(data);
    for (const place of places) {
      const frameUrl = place.startsWith("served") ? { frameUrl: servedFrame } : {};
      this.#hosts.set(place, createHost({ pool: {}, limits: { callTimeout: 20_000 }, ...frameUrl }));
    }
  }

  async run(): Promise<Try[]> {
    await watchBrowser(true);
    await caches.open(CACHE);
    await this.#plan();
    // Before anything is tried: it takes time, and may be noticed.
    for (const place of places) this.#shared.set(place, await this.#load(place, true));
    const together = this.#tries.filter(({ vector }) => !exclusive.has(vector.seen));
    const [alone, lasting] = split(together, (each) => this.#isAlone(each));
    await Promise.all([
      inTurns(lasting, MOST, (each) => this.#make(each)),
      inTurns(alone, AT_ONCE, (each) => this.#make(each)),
    ]);
    const waiting = alone.filter(({ where, told }) => where.endsWith("worker") && told && "lost" in told);
    await inTurns(waiting, AT_ONCE, (each) => this.#make(each));
    await this.#judge(together);
    // A busy machine may fail to start a worker; a control has to arrive once, to show that the try is one.
    const missing = together.filter((each) => each.where === "control" && isKnownToGetThrough(each) && !each.through);
    if (missing.length > 0) {
      this.#control.remove();
      await Promise.all(missing.map((each) => this.#make(each)));
      await this.#judge(together);
    }
    await watchBrowser(); // closes what windows there are
    for (const vector of this.#group.vectors.filter(({ seen }) => exclusive.has(seen))) {
      const tries = this.#tries.filter((each) => each.vector === vector);
      // Of what is expected to be noticed one at a time, of the rest all at once: who it was need not be known.
      const [alone, rest] = split(tries, ({ where, depth }) => where === "control" || depth === "own");
      for (const each of [...alone.map((one) => [one]), rest]) await this.#watch(each);
    }
    return this.#tries;
  }

  async end(): Promise<void> {
    this.#control.remove();
    await caches.delete(CACHE);
    this.#channel.close();
    URL.revokeObjectURL(this.#blob);
    await Promise.all([...this.#hosts.values()].map((host) => host.dispose()));
    this.#fixture.remove();
  }

  async #plan(): Promise<void> {
    const origin = await collectorOrigin();
    for (const vector of [witness, ...this.#group.vectors]) {
      const add = (where: Try["where"], depth: Try["depth"]): void => {
        const id = `${this.#group.name.replaceAll(" ", "-")}-${this.#tries.length}-`;
        const to = { id, waits: vector.seen === "value", url: `${origin}/try/${id}`, page: location.origin };
        const name = `${id}try.leak.test`;
        this.#tries.push({
          vector,
          where,
          depth,
          to: { ...to, name, blob: this.#blob, cache: CACHE, tcp: 0, udp: 0 },
          through: false,
        });
      };
      if (vector.document !== false) add("control", "plain frame");
      if (vector.worker) add("control", "plain worker");
      for (const place of places) {
        for (const depth of depthsIn(place)) if (depth !== "nested" || vector.worker) add(place, depth);
      }
    }
    const [tcp, udp] = (["tcp", "udp"] as const).map((kind) =>
      this.#tries.filter(({ vector }) => vector.seen === kind),
    );
    const ports = await collectorPorts(tcp!.length, udp!.length);
    tcp!.forEach(({ to }, index) => (to.tcp = ports.tcp[index]!));
    udp!.forEach(({ to }, index) => (to.udp = ports.udp[index]!));
  }

  /** Whether a unit makes no other try but this: because it may end with it, or can do no more. */
  #isAlone({ vector, where, depth }: Try): boolean {
    return where.endsWith("worker")
      ? !workersShare && !exclusive.has(vector.seen)
      : vector.leaves === true && depth === "own" && where !== "control";
  }

  async #make(each: Try): Promise<void> {
    const { vector, where, depth, to } = each;
    try {
      if (depth === "plain frame") each.told = await this.#control.inFrame(vector, to);
      else if (depth === "plain worker") each.told = await this.#control.inWorker(vector, to);
      else {
        const place = where as Place;
        const unit = await (this.#isAlone(each) ? this.#load(place, false) : this.#shared.get(place)!);
        each.told = await (unit.exports as unknown as Attacker).attempt(depth, sourceOf(vector.run), to);
      }
    } catch (error) {
      each.told = { lost: String(error) };
    }
  }

  #load(place: Place, isShown: boolean): Promise<Unit<Attacker>> {
    const isolation = place.endsWith("frame") ? "frame" : "worker";
    const view = isShown && isolation === "frame";
    const manifest = { name: "attacker", version: "1.0.0", view };
    const container = view && { container: this.#fixture.views.appendChild(document.createElement("div")) };
    return this.#hosts.get(place)!.load<Attacker>({ code: attackerCode, manifest }, { isolation, ...container });
  }

  /** Makes tries while nothing else is made, and looks at the page. */
  async #watch(tries: Try[]): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, NOTICED)); // of what was tried before
    const { step: last } = await watchBrowser();
    this.#fixture.reset();
    // What the page itself has done has to have reached the browser.
    const earlier = await until("the page has made its step", async () => {
      const { step } = await watchBrowser();
      return step !== last && step;
    });
    await Promise.all(tries.map((each) => this.#make(each)));
    const { seen } = tries[0]!.vector;
    const look = async (): Promise<boolean> => {
      if (seen !== "window" && seen !== "history") return this.#fixture.noticed()[seen as "focus"];
      const { windows, step } = await watchBrowser();
      return seen === "window" ? windows > 0 : step !== earlier;
    };
    const within = tries.some(isKnownToGetThrough) ? PATIENCE : NOTICED;
    const isNoticed = await until("the page notices", look, within).catch(() => false);
    for (const each of tries) each.through = Boolean(isNoticed);
    if (tries[0]!.where === "control") this.#control.remove(); // it may stand over the page
  }

  /** Waits for all that is known to get through, then for as long as shows that nothing else does. */
  async #judge(tries: Try[]): Promise<void> {
    const look = async (): Promise<boolean> => {
      const [reached, { dialogs, lookups }] = [await arrived(), await watchBrowser()];
      const paths = [...reached].join("\n");
      for (const each of tries) {
        const { to, told, vector } = each;
        each.through ||= {
          http: () => paths.includes(`/try/${to.id}`),
          tcp: () => reached.has(`tcp:${to.tcp}`),
          udp: () => reached.has(`udp:${to.udp}`),
          lookup: () => lookups?.includes(to.name),
          channel: () => this.#heard.has(to.id),
          dialog: () => dialogs.includes(to.id),
          value: () => told !== undefined && "value" in told && told.value,
        }[vector.seen as "http"]();
      }
      return tries.every((each) => each.through || !isKnownToGetThrough(each));
    };
    await until("all that is known to get through has", look, PATIENCE).catch(() => {});
    await new Promise((resolve) => setTimeout(resolve, SILENCE));
    await look();
  }
}

function isKnownToGetThrough({ vector, where, depth }: Try): boolean {
  if (isUnseen(vector)) return false;
  if (where === "control")
    return !uncontrolledHere(vector) && isThereIn(depth === "plain worker" ? "worker" : "frame", vector);
  return depth === (vector.openFrom ?? "own") && openHere(vector, where) !== undefined;
}

async function inTurns<T>(items: T[], size: number, body: (item: T) => Promise<unknown>): Promise<void> {
  const queue = items.values();
  await Promise.all(
    Array.from({ length: size }, async () => {
      for (const item of queue) await body(item);
    }),
  );
}

function split<T>(items: T[], isFirst: (item: T) => boolean): [T[], T[]] {
  return [items.filter(isFirst), items.filter((item) => !isFirst(item))];
}
