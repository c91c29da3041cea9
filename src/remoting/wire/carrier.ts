import { expose, releaseProxy, wrap, type Endpoint, type Remote as ComlinkRemote } from "comlink";
import { isPacket } from "./guard.js";
import type { Packet, Reply, Request } from "./protocol.js";

type Listener = (event: { data: unknown }) => void;

/** The one function that Comlink carries, in both directions: "run the chunk that begins with this number". */
type Run = (first: number) => Promise<void>;

/** A packet that is to leave, and what moves with it. */
export interface Outgoing<P extends Packet> {
  packet: P;
  transfers: Transferable[] | undefined;
  /** It cannot be cloned: makes one that can. Without it, whoever sends is told. */
  repair?(): Outgoing<P>;
}

export interface CarrierOptions {
  /** Runs a request; resolves with its answer, or with nothing where it has none. It must not throw. */
  run(request: Request): Outgoing<Reply> | undefined | Promise<Outgoing<Reply> | undefined>;
  /** An answer has come. */
  onReply(reply: Reply): void;
  /** The other side broke the protocol. */
  onViolation(fault: string): void;
}

/**
 * Lets Comlink carry chunks over a port whose other end is not trusted. Stock Comlink walks any path of any message, which hands
 * the peer code execution (comlink#603, #620), and forgets a pending entry when a message cannot be cloned. Here neither a
 * message of the peer nor a value of ours reaches Comlink, nor the transfer handlers of the page: it sees the number of a chunk.
 * A guarded packet is all that travels, for a single call a fraction of the bytes of Comlink's own message.
 */
export class Carrier {
  readonly #port: MessagePort;
  readonly #options: CarrierOptions;
  /** Held for the carrier's life: Comlink would send a message of its own when it is collected. */
  readonly #run: Run;
  readonly #requests = new Map<number, Request>();
  readonly #replies = new Map<number, Outgoing<Reply> | undefined>();
  /** Number of a chunk of ours → Comlink's id of the call that it went in. */
  readonly #awaited = new Map<number, string>();
  #leaving: (Outgoing<Request> & { isAnswered: boolean }) | undefined;
  #failure: { error: unknown } | undefined;
  #onRequest: Listener | undefined;
  #onReply: Listener | undefined;

  /** Takes the port over; it is the carrier's from then on. */
  constructor(port: MessagePort, options: CarrierOptions) {
    this.#port = port;
    this.#options = options;
    expose((first: number) => this.#answer(first), this.#callee());
    this.#run = wrap<Run>(this.#caller()) as unknown as Run;
    port.onmessage = ({ data }: MessageEvent<unknown>) => this.#receive(data);
    port.onmessageerror = () => options.onViolation("a message that cannot be read");
  }

  /**
   * Sends a request, with whatever moves with it.
   * @param isAnswered whether the other side will answer it
   * @throws what `postMessage` throws where it cannot be cloned; then nothing was sent
   */
  send(packet: Request, transfers: Transferable[] | undefined, isAnswered: boolean): void {
    this.#leaving = { packet, transfers, isAnswered };
    this.#failure = undefined;
    void this.#run(packet[1]);
    // Comlink posts before it returns.
    const failure = this.#failure as { error: unknown } | undefined;
    if (failure) throw failure.error;
  }

  close(): void {
    this.#onRequest = this.#onReply = undefined;
    for (const map of [this.#requests, this.#replies, this.#awaited]) map.clear();
    this.#port.onmessage = this.#port.onmessageerror = null;
    this.#port.close();
    // Comlink's registry of finalizers holds the endpoint, and so this carrier, until it is told.
    (this.#run as unknown as ComlinkRemote<Run>)[releaseProxy]();
  }

  #receive(data: unknown): void {
    if (!isPacket(data)) return this.#options.onViolation("a message that is no packet");
    if (data[0] === 0) {
      const first = data[1];
      this.#requests.set(first, data);
      return this.#onRequest?.({ data: { id: String(first), type: "APPLY", path: [], argumentList: [raw(first)] } });
    }
    const id = this.#awaited.get(data[1]);
    if (id === undefined) return this.#options.onViolation("a reply that nobody waits for");
    this.#awaited.delete(data[1]);
    this.#onReply?.({ data: { id, ...raw(undefined) } });
    this.#options.onReply(data);
  }

  #answer(first: number): void | Promise<void> {
    const request = this.#requests.get(first) as Request;
    this.#requests.delete(first);
    const reply = this.#options.run(request);
    if (!(reply instanceof Promise)) return void this.#replies.set(first, reply);
    return reply.then((late) => void this.#replies.set(first, late));
  }

  /** What `expose` listens to: requests alone. */
  #callee(): Endpoint {
    return {
      addEventListener: (_type, listener) => (this.#onRequest = listener as unknown as Listener),
      removeEventListener: () => (this.#onRequest = undefined),
      postMessage: ({ id }: { id: string }) => {
        const first = Number(id);
        const reply = this.#replies.get(first);
        this.#replies.delete(first);
        if (!reply) return;
        try {
          this.#post(reply);
        } catch (error) {
          if (!reply.repair) throw error;
          this.#post(reply.repair());
        }
      },
    };
  }

  /** What `wrap` posts to: nothing but requests, which it names. */
  #caller(): Endpoint {
    return {
      addEventListener: (_type, listener) => (this.#onReply = listener as unknown as Listener),
      removeEventListener: () => (this.#onReply = undefined),
      postMessage: ({ id }: { id: string }) => {
        const leaving = this.#leaving;
        this.#leaving = undefined;
        // Comlink also says when it was released; the port is closed by then.
        if (!leaving) return;
        try {
          this.#post(leaving);
          if (leaving.isAnswered) return this.#awaited.set(leaving.packet[1], id);
        } catch (error) {
          this.#failure = { error };
        }
        this.#onReply?.({ data: { id, ...raw(undefined) } });
      },
    };
  }

  #post({ packet, transfers }: Outgoing<Packet>): void {
    // An empty list costs an engine more than none.
    if (transfers?.length) this.#port.postMessage(packet, transfers);
    else this.#port.postMessage(packet);
  }
}

/** A value as it stands in a message of Comlink's. */
function raw(value: unknown): { type: "RAW"; value: unknown } {
  return { type: "RAW", value };
}
