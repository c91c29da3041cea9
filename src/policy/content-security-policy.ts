/**
 * The Content Security Policy of the realm that a unit runs in. Code comes from Blob URLs made inside the domain or from
 * strings, which gives it nothing that it has not; data: and blob: carry nothing out; the network is these origins and no
 * other.
 * @param network origins, as `parsePermissions` lets them through: no text of theirs begins a directive
 */
export function contentSecurityPolicy(network: readonly string[]): string {
  const reachable = ["data:", "blob:", ...network].join(" ");
  return [
    "default-src 'none'",
    "script-src blob: 'unsafe-eval' 'wasm-unsafe-eval'",
    "worker-src blob:",
    "style-src 'unsafe-inline' blob: data:",
    `connect-src ${reachable}`,
    `img-src ${reachable}`,
    `media-src ${reachable}`,
    `font-src ${reachable}`,
    "object-src 'none'",
    "frame-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}
