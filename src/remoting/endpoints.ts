import type { Endpoint } from "comlink";
import { isReply, isRequest, type ReplyMessage, type RequestMessage } from "./guard.js";

type Listener = (event: { data: unknown }) => void;

export interface EndpointsOptions {
  /** Called with what is wrong when a message is neither a request nor a reply. */
  onViolation(fault: string): void;
  /** A request of ours could not be cloned. */
  onUnsendable(error: unknown): void;
  /** An answer of ours could not be cloned; returns one that can. */
  repair(answer: unknown): unknown;
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
 * execution (comlink#603, #620), and it forgets pending entries when a message cannot be cloned; here only guarded
 * messages reach it, and a message that cannot be sent is answered at once.
 */
export function guardedEndpoints(port: MessagePort, options: EndpointsOptions): Endpoints {
  let onRequest: Listener | undefined;
  let onReply: Listener | undefined;
  let awaited = new Set<string>();

  port.onmessage = ({ data }: MessageEvent<unknown>) => {
    if (isRequest(data)) onRequest?.({ data });
    else if (isReply(data) && awaited.delete(data.id)) onReply?.({ data });
    else options.onViolation("a message that is neither a chunk nor the answer to one");
  };
  port.onmessageerror = () => options.onViolation("a message that cannot be read");

  const requests: Endpoint = {
    addEventListener: (_type, listener) => (onRequest = listener as unknown as Listener),
    removeEventListener: () => (onRequest = undefined),
    postMessage(message: ReplyMessage, transferables: Transferable[] = []) {
      try {
        port.postMessage(message, transferables);
      } catch {
        port.postMessage({ ...message, value: options.repair(message.value) });
      }
    },
  };
  const replies: Endpoint = {
    addEventListener: (_type, listener) => (onReply = listener as unknown as Listener),
    removeEventListener: () => (onReply = undefined),
    postMessage(message: RequestMessage, transferables: Transferable[] = []) {
      try {
        port.postMessage(message, transferables);
        awaited.add(message.id);
      } catch (error) {
        options.onUnsendable(error);
        onReply?.({ data: { id: message.id, type: "RAW", value: undefined } });
      }
    },
  };
  return {
    requests,
    replies,
    close() {
      onRequest = onReply = undefined;
      awaited = new Set();
      port.onmessage = port.onmessageerror = null;
      port.close();
    },
  };
}
