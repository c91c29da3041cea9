import type { Endpoint } from "comlink";
import { LeaseholdError } from "../../errors.js";
import { sourceOfEndpoint, windowEndpoint } from "./window-endpoint.js";

/** What a session can be opened over. */
export type Connectable = MessagePort | BroadcastChannel | Worker | Window | Endpoint | typeof globalThis;

const HELLO = "leasehold:hello";
const PORT = "leasehold:port";

/**
 * A port to the other end. A MessagePort is one, and keeps what it is sent until somebody listens. Whatever else there is may lose
 * messages before the other side's code has run, and may carry those of others; so it is used for agreeing on a port alone.
 *
 * 1. Each end says hello, with a random number, when it opens.
 * 2. The end with the lesser number says it again when it hears the other's, which may have come too late for the first.
 * 3. The end with the greater number makes a channel and sends a port of it.
 */
export function openChannel(
  connectable: Connectable,
  isAllowed: (origin: string) => boolean = () => true,
): MessagePort | Promise<MessagePort> {
  if (connectable instanceof MessagePort) return connectable;
  // It carries no ports, but all that is posted: between two ends it does for one, as long as both are there.
  if (connectable instanceof BroadcastChannel) return connectable as unknown as MessagePort;
  const endpoint = isOtherWindow(connectable) ? windowEndpoint(connectable as never) : (connectable as Endpoint);
  if (typeof endpoint?.postMessage !== "function" || typeof endpoint.addEventListener !== "function") {
    const message = "A session needs a MessagePort, a Worker, a worker's global scope, or a window.";
    throw new LeaseholdError("InvalidStateError", "no-endpoint", message);
  }
  return agree(endpoint, isAllowed);
}

/** Of another origin's, little more can be asked. */
function isOtherWindow(connectable: Connectable): boolean {
  return (
    Boolean(connectable) &&
    connectable !== globalThis &&
    (connectable as Partial<Window> | undefined)?.window === connectable
  );
}

function agree(endpoint: Endpoint, isAllowed: (origin: string) => boolean): Promise<MessagePort> {
  const own = crypto.getRandomValues(new Uint32Array(2)).join("-");
  const source = sourceOfEndpoint(endpoint);
  return new Promise((resolve) => {
    const finish = (port: MessagePort): void => {
      endpoint.removeEventListener("message", listener as never);
      resolve(port);
    };
    const listener = ({ data, ports, origin, source: sender }: MessageEvent<unknown>): void => {
      if (!Array.isArray(data) || (source && sender !== source)) return;
      const [type, theirs, ours] = data as unknown[];
      if ((type !== HELLO && type !== PORT) || typeof theirs !== "string" || theirs === own) return;
      if (!isAllowed(origin)) return console.warn(`A session was refused to the origin "${origin}".`);
      if (type === PORT && ours === own && ports[0]) finish(ports[0]);
      else if (type === HELLO && own < theirs) endpoint.postMessage([HELLO, own]);
      else if (type === HELLO) {
        const { port1, port2 } = new MessageChannel();
        endpoint.postMessage([PORT, own, theirs], [port2]);
        finish(port1);
      }
    };
    endpoint.addEventListener("message", listener as never);
    endpoint.start?.();
    endpoint.postMessage([HELLO, own]);
  });
}
