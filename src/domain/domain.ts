import { abortable } from "../time.js";
import { LeaseholdError } from "../errors.js";
import { CLOSED, type Seal } from "../policy/index.js";
import {
  createRemote,
  Session,
  Targets,
  type GuestControl,
  type HostControl,
  type Remote,
  type StartResult,
} from "../remoting/index.js";
import type { Isolation, LinkPlan } from "../unit/index.js";
import { awaitPort } from "./await-port.js";
import { createFrame } from "./frame-element.js";
import { isPressed } from "./is-pressed.js";
import { blocked, lostAtStart, wallsDown, wallsIn } from "./start-failure.js";
import { watchFrame, type FrameWatch, type Loss } from "./watch-frame.js";

/** Steps that the plans of one of a unit's messages may take: units have no plans, but who has their port could send some. */
const PLAN_STEPS = 1 << 16;

export interface OpenOptions {
  isolation: Isolation;
  /** What closes the domain. Default: everything, for when it is not known for whom it will be. */
  seal?: Seal;
  /** Where the frame is put. Default: out of sight, in the document's body. */
  container?: Element | undefined;
  frameUrl?: string | URL | undefined;
  signal: AbortSignal;
}

export interface DomainStart {
  seal: Seal;
  host: HostControl;
  capabilities: object | undefined;
  hasView: boolean;
  /** Bytes of one message of the guest's. */
  messageBytes: number;
}

/**
 * A realm of its own for one unit, with the port to the guest in it: a double frame, a worker in a frame, or a same-origin
 * frame. It has one owner, who closes it; until then it holds an element of the page.
 */
export class Domain {
  readonly isolation: Isolation;
  readonly frame: HTMLIFrameElement;
  readonly session: Session;
  readonly control: Remote<GuestControl>;
  /** Resolves with what happened when the domain went without having been closed. */
  readonly lost: Promise<Loss>;
  /** Blob URLs of the unit in there: not yet revoked, and ever made. */
  readonly urls = { live: 0, made: 0 };

  readonly #watch: FrameWatch;

  private constructor(
    isolation: Isolation,
    frame: HTMLIFrameElement,
    port: MessagePort,
    lost: Promise<Loss>,
    watch: FrameWatch,
  ) {
    this.isolation = isolation;
    this.frame = frame;
    this.lost = lost;
    this.#watch = watch;
    this.session = new Session(port, { planSteps: PLAN_STEPS });
    this.control = createRemote<GuestControl>(() => this.session.invoker, Targets.control);
  }

  /**
   * Opens a domain; resolves once the guest in it has answered.
   * @throws LeaseholdError "LoadError" (`domain-blocked`, `domain-lost`, `wall-down`), "InvalidStateError" (`container-detached`), or
   *   the signal's reason; no frame is left behind
   */
  static async open(options: OpenOptions): Promise<Domain> {
    // A script in the page's head runs before there is a body.
    const {
      isolation,
      seal = CLOSED,
      container = document.body ?? document.documentElement,
      frameUrl,
      signal,
    } = options;
    signal.throwIfAborted();
    if (!container.isConnected) {
      const message = "A frame starts inside the page only: put the view's container there before the unit is loaded.";
      throw new LeaseholdError("InvalidStateError", "container-detached", message);
    }
    // A worker takes its policy from the frame at the moment it is made; a frame's can still be tightened later.
    const frame = createFrame({ isolation, ...seal }, frameUrl);
    container.append(frame);
    const failure = new AbortController();
    const { promise: lost, resolve } = Promise.withResolvers<Loss>();
    const watch = watchFrame(frame, resolve);
    void lost.then(({ what }) =>
      failure.abort(frame.isConnected ? blocked(frame, isolation, what) : lostAtStart(what)),
    );
    const ended = AbortSignal.any([signal, failure.signal]);
    let domain: Domain | undefined;
    try {
      domain = new Domain(isolation, frame, await awaitPort(frame, isolation, ended), lost, watch);
      const down = wallsIn(await abortable(domain.control.ready(isolation), ended));
      if (down.length > 0) throw wallsDown(down);
      return domain;
    } catch (error) {
      watch.stop();
      domain?.session.close(error);
      frame.remove();
      throw signal.aborted || error instanceof LeaseholdError ? error : blocked(frame, isolation, error);
    }
  }

  /**
   * Closes the domain around the unit it is for, and starts the unit in it.
   * @param host what the unit's domain may call, and `capabilities` what the units in it may
   * @throws LeaseholdError "LoadError" (`wall-down`), or what came of linking and activating the unit
   */
  async start(plan: LinkPlan, options: DomainStart): Promise<void> {
    const { seal, host, capabilities, ...starting } = options;
    this.session.expose(Targets.control, host);
    if (capabilities) this.session.expose(Targets.capabilities, capabilities);
    // A realm is the page's own origin, which no policy fences in; a worker has had its policy from the start.
    const policy = this.isolation === "frame" ? seal.policy : undefined;
    const result: unknown = await this.control.start(plan, { policy, ...starting });
    const { urls: { live, made } = {}, down } = (result ?? {}) as Partial<StartResult>;
    if (down !== undefined) throw wallsDown(wallsIn(down));
    this.countUrls(live, made);
  }

  /** Takes over how many of the unit's Blob URLs there are; it comes from an untrusted place. */
  countUrls(live: unknown, made: unknown): void {
    if (!isCount(live) || !isCount(made) || live > made || made < this.urls.made) return;
    this.urls.live = live;
    this.urls.made = made;
  }

  /** To be called after the frame was moved on purpose. */
  moved(): void {
    this.#watch.refresh();
  }

  /** Whether somebody has just pressed something in the unit's view. */
  isPressed(): Promise<boolean> {
    return isPressed(this.isolation, this.frame, this.session.closed);
  }

  /** What stays in memory if somebody took something out of the domain by hand; undefined where nobody can. */
  get realm(): object | undefined {
    return this.isolation === "realm" ? (this.frame.contentDocument ?? undefined) : undefined;
  }

  /**
   * Closes the port, rejecting what is pending, then removes the frame, which ends all that runs in it.
   * @param reason what pending calls reject with; see `Session.close`
   */
  close(reason: unknown): { frames: number; workers: number; urls: number; ports: number } {
    this.#watch.stop();
    this.session.close(reason);
    this.frame.remove();
    const frames = this.frame.isConnected ? 0 : 1;
    const workers = this.isolation === "worker" ? frames : 0;
    this.urls.live = 0;
    return { frames, workers, urls: this.urls.made, ports: 1 };
  }
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
