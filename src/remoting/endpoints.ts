import type { Endpoint } from "comlink";
import { isOperations, isPacket } from "./guard.js";
import { PacketType } from "./kind.js";
import type { Answer, Operation, Packet } from "./protocol.js";

type Listener = (event: { data: unknown }) => void;

/** What Comlink's `wrap` posts for a call of `run(first, operations)`; without arguments, that it was released. */
interface ComlinkRequest {
  id: string;
  argumentList?: [{ value: number }, { value: Operation[] }];
}

/** What Comlink's `expose` posts when that call has returned. */
interface ComlinkReply {
  id: string;
  value: Answer;
}

export interface EndpointsOptions {
  /** Called with what is wrong when a message is neither a request nor an awaited reply. */
  onViolation(fault: string): void;
  /** A request of ours could not be cloned. */
  onUnsendable(error: unknown): void;
  /** An answer of ours could not be cloned; returns one that can. */
  repair(answer: Answer): Answer;
}

/** The two sides of one port, each an endpoint that Comlink may use safely. */
export interface Endpoints {
  /** For `expose`: sees requests alone. */
  requests: Endpoint;
  /** For `wrap`: sees replies alone. */
  replies: Endpoint;
  close(): void;
}

/**
 * Stands between Comlink and an untrusted peer. Stock Comlink walks any path of any message, which hands the peer code
 * execution (comlink#603, #620), and forgets a pending entry when a message cannot be cloned. Here no message of the peer
 * reaches Comlink: a guarded packet is all that travels, and what Comlink sees is made from it on this side. For a single
 * call that is also a sixth of the bytes of Comlink's own message.
 */
export function guardedEndpoints(port: MessagePort, options: EndpointsOptions): Endpoints {
  let onRequest: Listener | undefined;
  let onReply: Listener | undefined;
  /** Number of a chunk's first operation → Comlink's id of the request that it went in. */
  const awaited = new Map<number, string>();
  const post = (packet: Packet, transferables: Transferable[] | undefined): void => {
    // An empty list costs an engine more than none.
    if (transferables?.length) port.postMessage(packet, transferables);
    else port.postMessage(packet);
  };

  port.onmessage = ({ data }: MessageEvent<unknown>) => {
    if (!isPacket(data)) return options.onViolation("a message that is no packet");
    const [type, first, ...content] = data;
    if (type === PacketType.request) {
      if (!isOperations(content)) return options.onViolation("a request that is no list of operations");
      return onRequest?.({
        data: { id: String(first), type: "APPLY", path: [], argumentList: [raw(first), raw(content)] },
      });
    }
    const id = awaited.get(first);
    if (id === undefined) return options.onViolation("a reply that nobody waits for");
    awaited.delete(first);
    onReply?.({ data: { id, ...raw(content) } });
  };
  port.onmessageerror = () => options.onViolation("a message that cannot be read");

  const requests: Endpoint = {
    addEventListener: (_type, listener) => (onRequest = listener as unknown as Listener),
    removeEventListener: () => (onRequest = undefined),
    postMessage({ id, value }: ComlinkReply, transferables) {
      try {
        post([PacketType.reply, Number(id), ...value], transferables);
      } catch {
        post([PacketType.reply, Number(id), ...options.repair(value)], undefined);
      }
    },
  };
  const replies: Endpoint = {
    addEventListener: (_type, listener) => (onReply = listener as unknown as Listener),
    removeEventListener: () => (onReply = undefined),
    postMessage({ id, argumentList }: ComlinkRequest, transferables) {
      // Comlink takes its leave when the session releases its proxy; the port is closed by then.
      if (!argumentList) return;
      const [{ value: first }, { value: operations }] = argumentList;
      try {
        post([PacketType.request, first, ...operations], transferables);
        awaited.set(first, id);
      } catch (error) {
        options.onUnsendable(error);
        onReply?.({ data: { id, ...raw(undefined) } });
      }
    },
  };
  return {
    requests,
    replies,
    close() {
      onRequest = onReply = undefined;
      awaited.clear();
      port.onmessage = port.onmessageerror = null;
      port.close();
    },
  };
}

/** A value as it stands in a message of Comlink's. */
function raw(value: unknown): { type: "RAW"; value: unknown } {
  return { type: "RAW", value };
}
