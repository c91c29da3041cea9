import { windowEndpoint as endpointOf, type Endpoint } from "comlink";

type Parameters_ = Parameters<typeof endpointOf>;

const sources = new WeakMap<Endpoint, unknown>();

/**
 * An endpoint for another window, as Comlink's: `windowEndpoint(frame.contentWindow)`. What other windows send does not
 * reach its session.
 * @param window to which it posts
 * @param context where its messages arrive. Default: this window
 * @param targetOrigin to which alone it posts. Default "*": any
 */
export function windowEndpoint(window: Parameters_[0], context?: Parameters_[1], targetOrigin?: string): Endpoint {
  const endpoint = endpointOf(window, context, targetOrigin);
  sources.set(endpoint, window);
  return endpoint;
}

/** The window that an endpoint is for; undefined for one of another kind. */
export function sourceOfEndpoint(endpoint: Endpoint): unknown {
  return sources.get(endpoint);
}
