import { whenCollected } from "../../when-collected.js";
import { createEndpoint, releaseProxy, type Endpoint } from "comlink";
import type { Invoker } from "../calls/invoker.js";
import { RemoteRoot } from "../calls/remote-root.js";
import type { Remote } from "../types/index.js";
import { Connection } from "./connection.js";
import { ROOT } from "./root.js";

/** What can be done with a wrapped object beside what it does itself; the names are Comlink's. */
export interface ProxyMethods {
  /** A port over which the same object can be wrapped elsewhere. */
  [createEndpoint](): Promise<MessagePort>;
  /** Lets go of the object, and closes the connection over which it was wrapped. */
  [releaseProxy](): void;
}

/** Connections that nobody reaches any more are let go of. */
const unreached = whenCollected<Connection>((connection) => connection.unreached());

/**
 * What is exposed at the other end of an endpoint, as with Comlink's `wrap`; the other end has to use this library's `expose`.
 * Calls wait until it is there. (Comlink's second parameter is accepted, and has no use here.)
 */
export function wrap<T>(endpoint: Endpoint, _target?: unknown): Remote<T> & ProxyMethods {
  const connection = Connection.over(endpoint);
  // All that is reached through the root holds this function, and nothing else does.
  const invoker = (): Invoker => connection.session.invoker;
  unreached.register(invoker, connection);
  connection.wrapped++;
  const release = (): void => connection.release();
  const methods: ProxyMethods = {
    [createEndpoint]: () => connection.endpoint(),
    [releaseProxy]: release,
  };
  const root = new RemoteRoot(invoker, ROOT, { release, extra: () => methods as never });
  return root.proxy as Remote<T> & ProxyMethods;
}
