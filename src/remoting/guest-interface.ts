import type { Isolation, LinkPlan } from "../unit/index.js";
import { CONTROL } from "./wire/protocol.js";

/** Numbers of what the two ends of a domain's session expose. */
export const Targets = {
  /** Of the guest: `GuestControl`; of the host: `HostControl`. */
  control: CONTROL,
  /** Of the guest: the exports of the unit's entry module, once it is linked. */
  exports: 1,
  /** Of the guest: `Inside`. */
  inside: 2,
  /** Of the guest: `Mirror`. */
  mirror: 3,
  /** Of the host: by the name of a unit, by the name of a capability that it asks for, its facet. */
  capabilities: 4,
} as const;

/** How a domain's frame is told what to become: the JSON in its `name`. */
export interface FrameRole {
  isolation: Isolation;
  /** Content Security Policy of a worker, which takes over its frame's when it is made. */
  policy: string;
  /** What a frame hands on to the one inside it: its `allow` and `sandbox` attributes. */
  allow: string;
  sandbox: string;
}

/** The message with which a domain's frame hands its port to the page. */
export const READY = "leasehold:ready";

/**
 * The message with which the page asks a frame unit's outer frame whether somebody has just pressed something in there. It is answered
 * with a boolean, over the port that comes with it.
 */
export const PRESSED = "leasehold:pressed";

/** What stands between a unit and the rest, other than the realm's end: each is tried before the unit is let in. */
export const walls = ["navigation", "network", "parent access", "storage"] as const;
export type Wall = (typeof walls)[number];

/** What a domain's frame tells the page besides: an array of one of these and texts. */
export const Told = {
  /** Walls that are down. */
  down: "leasehold:down",
  /** The unit has tried to navigate its frame; with what was refused, as far as the engine tells. */
  left: "leasehold:left",
} as const;

export interface StartOptions {
  /** Tightens the frame's own Content Security Policy before any of the unit's code is in it. */
  policy?: string | undefined;
  /** What the page takes of one message; larger ones are not sent. */
  messageBytes: number;
  hasView: boolean;
  /** What the version that is replaced has handed over. */
  state?: unknown;
}

export interface StartResult {
  /** Blob URLs that are not yet revoked, and that were ever made. */
  urls: { live: number; made: number };
  /** Walls that are down; then nothing of the unit was run. */
  down?: Wall[];
}

/** What the guest does for the host. */
export interface GuestControl {
  /**
   * Answers once everything is up that a unit will need.
   * @returns walls that are down, of those that do not depend on whose domain it will be; a realm has none
   */
  ready(isolation: Isolation): Promise<Wall[]>;
  /** Links the unit's modules, runs them and calls `activate`; once. */
  start(plan: LinkPlan, options: StartOptions): Promise<StartResult>;
  /** Tells the unit, by its signal, that it is asked to go. */
  leave(): void;
  /** Runs `deactivate` and the disposers, last registered first; resolves with what they threw. */
  finalize(): Promise<unknown[]>;
  /** Hands the view its surroundings: custom properties and `color-scheme`. */
  theme(properties: Record<string, string>): void;
}

/** What the guest does for the host with the unit's code; unlike control, that keeps the unit loaded while it lasts. */
export interface Inside {
  /** Runs a function, given as its source, with the unit's exports and these arguments. */
  inside(source: string, args: unknown[]): unknown;
  /**
   * Makes a function of the names of its parameters and its body, and returns it, or a promise of it.
   * @throws LeaseholdError "DataError" (`syntax-error`)
   */
  compile(parameters: string[], body: string): unknown;
}

export type ExportKind = "class" | "function" | "value";

/** What an export, or a member of one, is; as data. */
export interface ExportRecord {
  name: string;
  /** A getter is a value. */
  kind: ExportKind;
  /** As they are written, a class's constructor's for a class; absent where they cannot be told. */
  parameters?: string[];
  /**
   * Of a class: what its instances have, and what it has itself, inherited ones included. Absent of a class that is told of elsewhere:
   * of a static that is an export, or that was met before.
   */
  methods?: ExportRecord[];
  statics?: ExportRecord[];
}

/** What the guest shows the host of the unit's exports; asking keeps the unit loaded while it lasts. */
export interface Mirror {
  /** Says what each export is, running nothing of the unit. */
  describe(): ExportRecord[];
  /** Finds what a path, e.g. "Point.length", names. @throws LeaseholdError "ContractError" (`no-such-member`), as the following do */
  locate(path: string): { path: string[]; kind: ExportKind };
  /** What a path names: a member of a class's instances is a function that takes the instance first, be it a method or a getter. */
  resolve(path: string): unknown;
  /** Returns nothing, as long as there is such an export. */
  check(name: string): void;
  /** The value that an export has at the moment. */
  read(name: string): unknown;
  /** Assigns to an exported variable. @throws LeaseholdError "ContractError" (`read-only`) */
  write(name: string, value: unknown): void;
}

/** What the host does for the guest. */
export interface HostControl {
  /** The unit is linked, and is now being activated. */
  linked(): void;
  /** A policy has refused something to the unit; the directive, and what that was. */
  violated(vector: string): void;
  log(level: "debug" | "info" | "warn" | "error", args: unknown[]): void;
  /** The view's content now has this height, in CSS pixels. */
  resized(height: number): void;
  /** The unit began (or ended) work that must keep it loaded. */
  activityStarted(id: number, label: string): void;
  activityEnded(id: number): void;
  /** How many of the unit's Blob URLs are not yet revoked, and how many were ever made. */
  urlsChanged(live: number, made: number): void;
}
