import { bytesOf } from "./bytes-of.js";
import { isPacket } from "./guard.js";
import { holdPort, type HeldPort } from "./held-port.js";
import { LimitPassed } from "./limit-passed.js";
import type { Goodbye, Packet, Reply, Request } from "./protocol.js";

/** A packet that is to leave, and what moves with it. */
export interface Outgoing<P extends Packet> {
  packet: P;
  transfers: Transferable[] | undefined;
  /** It could not be cloned, for this error: makes one of which that is not known. */
  repair(error: unknown): Outgoing<P>;
  /** It is too large: makes one whose parts follow by themselves; undefined where it has none. */
  lighten(): Outgoing<P> | undefined;
  /** It has been sent. */
  onSent(): void;
}

export interface CarrierOptions {
  /** Called with each message; it is thrown away, unread, where that returns false. */
  accepts(packet: Packet): boolean;
  /** Runs a request; resolves with its answer, or with nothing where it has none. It must not throw. */
  run(request: Request): Outgoing<Reply> | undefined | Promise<Outgoing<Reply> | undefined>;
  /** An answer has come. */
  onReply(reply: Reply): void;
  /** The other side has closed the session, and says why where there is more to say. */
  onGoodbye(why: unknown[]): void;
  /** An answer was not sent, as it is too large. */
  onTooLarge(passed: LimitPassed): void;
  /** The other side broke the protocol. */
  onViolation(fault: string): void;
}

/**
 * Carries chunks over a port whose other end is not trusted: a guarded packet is all that comes in. Comlink's own message loop
 * would do the same work, but walks any path of any message, which hands the peer code execution (comlink#603, #620), and costs a
 * third of a round trip's computing, much of it for the UUID by which it finds the answer to a call; here that is its number.
 */
export class Carrier {
  readonly #port: HeldPort;
  readonly #options: CarrierOptions;
  #isOpen = true;
  /** Bytes that a message may have which leaves. */
  messageBytes = Infinity;

  /** Takes the port over; it is the carrier's from then on. */
  constructor(port: MessagePort, options: CarrierOptions) {
    this.#options = options;
    const onUnreadable = (): void => options.onViolation("a message that cannot be read");
    this.#port = holdPort(port, (data) => this.#receive(data), onUnreadable);
  }

  /**
   * Sends a request, with whatever moves with it.
   * @returns how many bytes it has, where there is a limit for that
   * @throws what `postMessage` throws where it cannot be cloned, or LimitPassed where it is too large; then nothing was sent
   */
  send(packet: Request, transfers: Transferable[] | undefined): number {
    return this.#post(packet, transfers);
  }

  /** Says goodbye, for nothing else would tell the other side; and why, where there is more to say. */
  close(why: unknown[] = []): void {
    this.#isOpen = false;
    this.#port.post([2, 0, why] satisfies Goodbye);
    this.#port.close();
  }

  #receive(data: unknown): void {
    if (!isPacket(data)) return this.#options.onViolation("a message that is no packet");
    if (!this.#options.accepts(data)) return;
    if (data[0] === 1) return this.#options.onReply(data);
    if (data[0] === 2) return this.#options.onGoodbye(data[2]);
    const reply = this.#options.run(data);
    if (reply instanceof Promise) void reply.then((late) => this.#answer(late));
    else this.#answer(reply);
  }

  #answer(reply: Outgoing<Reply> | undefined): void {
    if (!reply || !this.#isOpen) return;
    const { packet, transfers } = reply;
    try {
      this.#post(packet, transfers);
    } catch (error) {
      if (!(error instanceof LimitPassed)) return this.#answer(reply.repair(error));
      const lighter = reply.lighten();
      return lighter ? this.#answer(lighter) : this.#options.onTooLarge(error);
    }
    reply.onSent();
  }

  #post(packet: Packet, transfers: Transferable[] | undefined): number {
    const bytes = this.messageBytes === Infinity ? 0 : bytesOf(packet, this.messageBytes);
    if (bytes > this.messageBytes) throw new LimitPassed("messageBytes", bytes);
    // An empty list costs an engine more than none.
    if (transfers) this.#port.post(packet, transfers);
    else this.#port.post(packet);
    return bytes;
  }
}
