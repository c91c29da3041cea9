import { LeaseholdError } from "../errors.js";
import type { Account } from "../lifetime/index.js";
import { isSessionLimit, limitExceeded, type SessionLimit, type SessionLimits } from "../policy/index.js";
import { recordPlan } from "./plan/record-plan.js";
import { WHOLE } from "./calls/handler.js";
import { CallsUnderWay } from "./calls-under-way.js";
import { Caller } from "./calls/caller.js";
import type { Invoker } from "./calls/invoker.js";
import type { Flush } from "./calls/outbox.js";
import { Intake } from "./intake.js";
import { Server } from "./serving/server.js";
import { References, type ReferencesOptions } from "./tables/references.js";
import { describe } from "./values/describe.js";
import { Carrier, type Outgoing } from "./wire/carrier.js";
import { Kind, type Packet, type Reply, type Request, type Target } from "./wire/protocol.js";
import { LimitPassed } from "./wire/limit-passed.js";
import { Violation } from "./wire/violation.js";

export interface SessionOptions {
  /** What the other side is shown of the stacks of errors. Default: nothing, as a stack tells of the code around it. */
  showStack?: (stack: string) => string;
  /** Whether instances of classes are copied where they are not marked by `proxy`, as Comlink does. Default false. */
  copiesInstances?: boolean;
  /** Whether members may be assigned to, in both directions. Default false. */
  isWritable?: boolean;
  /** Steps that the plans of one message from the other side may take. Default: 2 ** 24, which is seconds. */
  planSteps?: number;
  /** When a turn is over. Default "microtask". */
  flush?: Flush;
  /** Milliseconds that a call may take. Default: any time. */
  callTimeout?: number | undefined;
  /** Operations, about, that may be unanswered before others are sent. Default: any number. */
  window?: number | undefined;
  /** Called before each operation of the other side. */
  beforeOperation?(): void;
  /** Properties of received remotes that are answered here, e.g. Comlink's. */
  extra?: ReferencesOptions["extra"];
}

/** What a session has done and holds at this moment. */
export interface SessionStats {
  /** Messages of operations; answers apart. */
  chunksSent: number;
  chunksReceived: number;
  /** Calls, reads and the like; notices apart. */
  operationsSent: number;
  /** Of this side's, held by the other; what is exposed from the start apart. */
  exports: number;
  /** Of the other side's, held by this one. */
  imports: number;
  /** Calls that have not settled. */
  pending: number;
}

/**
 * One end of a port, and both directions over it: what is called in one turn of the event loop leaves as one message,
 * and one message answers it. Every promise it gives out settles, at the latest when the session closes.
 *
 * The session owns the port.
 */
export class Session {
  /** Resolves with the reason once the session has closed. */
  readonly closed: Promise<unknown>;

  readonly #references: References;
  readonly #caller: Caller;
  readonly #server: Server;
  readonly #underWay: CallsUnderWay;
  #carrier: Carrier | undefined;
  /** Where what comes in is limited. */
  #intake: Intake | undefined;
  #chunksReceived = 0;
  #closing: { rejected: number } | undefined;
  readonly #resolveClosed: (reason: unknown) => void;
  readonly #onIdle: (() => void)[] = [];

  /** @param port its end of the channel; a promise where the other end is not there yet, for which calls then wait */
  constructor(port: MessagePort | Promise<MessagePort>, options: SessionOptions = {}) {
    const { isWritable = false, beforeOperation, callTimeout, window, flush = "microtask" } = options;
    ({ promise: this.closed, resolve: this.#resolveClosed } = Promise.withResolvers<unknown>());
    this.#references = new References({
      showStack: options.showStack,
      copiesInstances: options.copiesInstances ?? false,
      extra: options.extra,
      invoker: () => this.#caller,
      notify: (...notice) => this.#closing ?? this.#caller.sender.notify(...notice),
      onRelease: () => this.#checkIdle(),
    });
    this.#caller = new Caller({
      references: this.#references,
      isWritable,
      callTimeout,
      flush,
      window,
      post: (packet, transfers) => this.#carrier?.send(packet, transfers) ?? 0,
      onSent: () => this.#guarded(() => this.#intake?.sent()),
      onTooLarge: (passed) => this.#tooLarge(passed),
      onSome: () => this.#checkAnchor(),
      onNone: () => this.#checkIdle(),
    });
    this.#server = new Server({
      references: this.#references,
      isWritable,
      planSteps: options.planSteps,
      beforeOperation,
      onViolation: (fault) => this.#violation(fault),
      admit: (operations, notices) => this.#intake?.request(operations, notices),
      onBusy: () => this.#checkAnchor(),
      onSettled: () => this.#checkIdle(),
    });
    this.#underWay = new CallsUnderWay(this.#caller, this.#server, this.#references);
    if (port instanceof Promise)
      port.then(
        (late) => this.#open(late),
        (error: unknown) => this.close(error),
      );
    else this.#open(port);
  }

  /** Lets the other side call the members of `object` under a number. */
  expose(target: Target, object: object): void {
    if (!this.#closing) this.#references.exports.expose(target, object);
  }

  /** Takes operations on what the other side exposes or has sent. */
  get invoker(): Invoker {
    return this.#caller;
  }

  /**
   * Records what a plan does with what the other side exposes under a number, and has it done there: one message there, one back.
   * @returns what the plan returned, with values in the place of placeholders
   */
  chunk(target: Target, plan: (root: never) => unknown): Promise<unknown> {
    try {
      const program = recordPlan(this.invoker, plan);
      return Promise.resolve(this.#caller.invoke(Kind.plan, target, WHOLE, [program]));
    } catch (error) {
      return Promise.reject(error as Error);
    }
  }

  /**
   * Has what is held of the other side, and the calls that are under way, keep a unit loaded: the one that is there. What was sent to
   * it is kept only as long as something else keeps the unit; see `ExportTable`.
   */
  enter(account: Account): void {
    this.#references.account = account;
    account.calls = this.#underWay;
    account.onAnchor = () => this.#checkAnchor();
    this.#checkAnchor();
  }

  /** Holds the calls that are made from now on to so many milliseconds, those of control apart; undefined for any time. */
  limitTime(milliseconds: number | undefined): void {
    this.#caller.limitTime(milliseconds);
  }

  /**
   * Holds what comes in from now on to limits: where one is passed, the session closes with a LimitExceededError.
   * @param isPaced whether the other side has a `window`, and waits with what is beyond it
   */
  limit(limits: SessionLimits, isPaced = false): void {
    const { imports, exports, promises, signals } = this.#references;
    this.#intake = new Intake(limits, {
      pendingCalls: () => this.#server.running.size,
      ownPendingCalls: () => this.pending,
      leases: () => {
        const held = imports.size + promises.incoming + signals.incoming;
        const given = exports.size + promises.outgoing + signals.outgoing;
        return Math.max(held, given, this.#references.account?.leases.size ?? 0);
      },
      isPaced,
    });
  }

  /**
   * Sends no message of more bytes from now on: what is more together leaves in several, and for what is more by itself the session
   * closes; the other side is told.
   */
  limitSending(messageBytes: number): void {
    if (this.#carrier) this.#carrier.messageBytes = messageBytes;
  }

  /** Sends what was said in this turn now. */
  flush(): void {
    this.#caller.sender.flush();
  }

  /** How many calls of ours have not settled; those of control apart. */
  get pending(): number {
    return this.#caller.pending.size;
  }

  /** How many things of the other side's are held here. */
  get imports(): number {
    return this.#references.imports.size;
  }

  stats(): SessionStats {
    const { exports, imports, promises } = this.#references;
    const { chunks, operations } = this.#caller.sender.counts;
    return {
      chunksSent: chunks,
      chunksReceived: this.#chunksReceived,
      operationsSent: operations,
      exports: exports.size + promises.outgoing,
      imports: imports.size + promises.incoming,
      pending: this.pending,
    };
  }

  /** Resolves once no call of ours is unsettled and nothing of the other side's is held. */
  idle(): Promise<void> {
    if (this.#isIdle) return Promise.resolve();
    return new Promise((resolve) => this.#onIdle.push(resolve));
  }

  /**
   * Rejects every call of ours that has not settled, those of control apart, and leaves the session open. What was not sent is not
   * sent any more.
   * @param reasonFor makes what a call rejects with, from its name
   * @returns how many were rejected
   */
  abandon(reasonFor: (label: string) => unknown): number {
    return this.#caller.abandon(this.#caller.countedCalls, reasonFor);
  }

  /**
   * Closes the port and rejects every call of ours that has not settled, and every later one.
   * @param reason what they reject with; a function is given the call's name and makes one each
   * @returns how many were rejected; the same number when it was closed already
   */
  close(reason: unknown): number {
    return this.#close(reason);
  }

  #close(reason: unknown, why?: unknown[]): number {
    if (this.#closing) return this.#closing.rejected;
    const reasonFor = typeof reason === "function" ? (reason as (label?: string) => unknown) : () => reason;
    this.#closing = { rejected: 0 };
    this.#carrier?.close(why);
    this.#server.close();
    this.#closing.rejected = this.#caller.close(reasonFor);
    const ending = reasonFor();
    // Until its stack has been read once, an error holds the frames that it was made in, and `closed` holds the error.
    if (ending instanceof Error) void ending.stack;
    this.#references.close(ending);
    this.#resolveClosed(ending);
    this.#checkIdle();
    return this.#closing.rejected;
  }

  #open(port: MessagePort): void {
    if (this.#closing) return port.close();
    this.#carrier = new Carrier(port, {
      accepts: (packet) => this.#guarded(() => this.#accepts(packet)) ?? false,
      run: (request) => this.#guarded(() => this.#run(request)),
      onReply: (reply) => this.#guarded(() => this.#receive(reply)),
      onGoodbye: (why) => this.#guarded(() => this.#end(why)),
      onTooLarge: (passed) => this.#tooLarge(passed),
      onViolation: (fault) => this.#violation(fault),
    });
    this.#caller.sender.open();
  }

  #accepts(packet: Packet): boolean {
    this.#intake?.message(packet);
    return true;
  }

  #run(request: Request): Outgoing<Reply> | undefined | Promise<Outgoing<Reply> | undefined> {
    this.#chunksReceived++;
    const reply = this.#server.run(request);
    this.#intake?.done();
    return reply instanceof Promise ? reply.then((late) => this.#afterCalls(late)) : this.#afterCalls(reply);
  }

  /** What was called while a chunk ran is heard of before its answer: a callback, or a line that was logged. */
  #afterCalls(reply: Outgoing<Reply> | undefined): Outgoing<Reply> | undefined | Promise<Outgoing<Reply> | undefined> {
    const sent = reply && this.#caller.sender.whenSent();
    return sent ? sent.then(() => reply) : reply;
  }

  #receive(reply: Reply): void {
    if (this.#closing) return;
    const late = this.#caller.receive(reply);
    this.#intake?.answered(late);
    this.#intake?.done();
  }

  /** The other side has closed the session, perhaps as it would have passed a limit that it knows of. */
  #end([limit, seen]: unknown[]): void {
    if (this.#intake && isSessionLimit(limit)) throw new LimitPassed(limit, Number(seen));
    this.close(closedThere);
  }

  #guarded<T>(act: () => T): T | undefined {
    try {
      return act();
    } catch (error) {
      if (error instanceof LimitPassed) this.#passed(error.limit, error.seen);
      else this.#violation(error instanceof Violation ? error.message : `what failed to be read: ${describe(error)}`);
      return undefined;
    }
  }

  get #isIdle(): boolean {
    return this.#closing !== undefined || (this.pending === 0 && this.imports === 0);
  }

  /** What was sent to the other side is needed as long as something but references keeps the unit, calls and finalizers among them. */
  #checkAnchor(): void {
    const { account, exports } = this.#references;
    if (!account) return;
    // With no lease at all there is no cycle, and finalizers are about to run.
    const isNeeded = account.isFinalizing || account.leases.size === 0 || this.#underWay.size > 0;
    exports.anchor(account.isAnchored || isNeeded);
  }

  #checkIdle(): void {
    this.#checkAnchor();
    if (this.#underWay.size === 0) this.#references.account?.settled();
    if (this.#isIdle) for (const resolve of this.#onIdle.splice(0)) resolve();
  }

  /** What was to leave passes what the other side takes of one message. */
  #tooLarge({ limit, seen }: LimitPassed): void {
    queueMicrotask(() => this.#close(tooLarge, [limit, seen]));
  }

  #passed(limit: SessionLimit, seen: number | string): void {
    const most = this.#intake?.most(limit) ?? Infinity;
    this.close(limitExceeded(limit, most, seen, this.#references.account?.unit));
  }

  #violation(fault: string): void {
    const message = `The other side sent ${fault}; the session with it was closed.`;
    this.close(new LeaseholdError("DataError", "protocol-violation", message));
  }
}

/** What a call rejects with whose session was closed as too much was to be sent over it. */
function tooLarge(label?: string): LeaseholdError {
  const what = label === undefined ? "The session was closed" : `${label} cannot be answered`;
  const message = `${what}: a message was to be sent that passes limits.messageBytes of the other side. Send less at a time.`;
  return new LeaseholdError("LimitExceededError", "message-bytes", message);
}

/** What a call rejects with whose session was closed by the other side. */
function closedThere(label?: string): LeaseholdError {
  const what = label === undefined ? "" : `${label} cannot be answered: `;
  const message = `${what}the other side has closed the session. Connect again.`;
  return new LeaseholdError("DomainUnloadedError", "session-closed", message);
}
