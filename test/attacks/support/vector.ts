import { engine, type Engine } from "../../support/engine.js";

/** Where a unit is that tries: isolation, and how the frame document came. */
export const places = ["frame", "served frame", "worker", "served worker"] as const;
export type Place = (typeof places)[number];

/** What a try is told: addresses that are its own, so that what arrives can be attributed to it. */
export interface Target {
  id: string;
  /** Whether what the try resolves to tells how it went. */
  waits: boolean;
  /** At the collector's HTTP server; to be extended by `.html`, `.js` and so on, which it answers accordingly. */
  url: string;
  /** Origin of the page that the unit is in. */
  page: string;
  /** A Blob URL that the page has made, of a text. */
  blob: string;
  /** The name of a cache of the page's. */
  cache: string;
  /** A host name that nobody has asked for before. */
  name: string;
  /** Ports of the collector that are this try's alone. */
  tcp: number;
  udp: number;
}

/**
 * How it shows that a try got what it wanted.
 *
 * http, tcp, udp: the collector hears of it. lookup: the browser asks for the address of `Target.name`. channel: the page hears
 * `Target.id` on the BroadcastChannel "attacks". value: the try itself resolves to something truthy. dialog: the browser opens a
 * dialog that says `Target.id`. window: the browser opens a window. history: the window's history is at another step.
 * focus: the page's own field loses the focus. key: the page hears a key. cover: something covers the page's own field.
 */
export type Seen =
  "http" | "tcp" | "udp" | "lookup" | "channel" | "value" | "dialog" | "window" | "history" | "focus" | "key" | "cover";

/** One way to get out of a domain, or at something that is the page's or the user's. */
export interface Vector {
  name: string;
  seen: Seen;
  /** The try. Its text is run in the realm that tries, so it closes over nothing. */
  run: (to: Target) => unknown;
  /** Whether it can be tried in a worker, too; without, it needs a document. */
  worker?: boolean;
  /** Whether it needs a worker: there is no such thing in a document. */
  document?: false;
  /** Whether it may end the realm that it is tried in. */
  leaves?: boolean;
  /** Whether it is at the top window, so that its control has to have one of its own. */
  top?: boolean;
  /**
   * Why it does not arrive from a plain frame or worker of the page's either, which says what its being stopped proves: in every
   * engine, or by engine.
   */
  uncontrolled?: string | { [engine in Engine]?: string };
  /** Engines that have no such thing. */
  absent?: Engine[];
  /** Engines in whose workers it does nothing, though in their documents. */
  absentInWorkers?: Engine[];
  /** The realm that it gets through from, where it does; its own unless said otherwise. */
  openFrom?: "nested";
  /** Why it gets through, by engine and place. Where it is not said, it is stopped. */
  open?: { [engine in Engine]?: { [place in Place]?: string } };
}

export const isWorker = (place: Place): boolean => place.endsWith("worker");

/** Whether the engine tells nobody whether it got what it wanted. */
export const isUnseen = ({ seen }: Vector): boolean => engine === "webkit" && seen === "lookup";

/** Whether a place has what is to be tried. */
export function isThereIn(place: Place, { absent, absentInWorkers, document, worker }: Vector): boolean {
  if (absent?.includes(engine)) return false;
  return isWorker(place) ? worker === true && !absentInWorkers?.includes(engine) : document !== false;
}

/** Why a vector does not arrive from anywhere, in the engine that the suite runs in. */
export const uncontrolledHere = ({ uncontrolled }: Vector): string | undefined =>
  typeof uncontrolled === "string" ? uncontrolled : uncontrolled?.[engine];

/** Why a vector gets through in a place, in the engine that the suite runs in. */
export const openHere = ({ open }: Vector, place: Place): string | undefined => open?.[engine]?.[place];

export interface Group {
  name: string;
  vectors: Vector[];
}
