/**
 * Takes peer connections out of the realm of a frame unit: no policy that a document without headers can have keeps their
 * packets in, and where a header does, Chromium ends the process of every sandboxed frame at the first try. There is no other
 * realm to get them from: what a unit nests is of another opaque origin, and runs nothing.
 */
export function denyPeers(): void {
  for (const name of ["RTCPeerConnection", "webkitRTCPeerConnection", "mozRTCPeerConnection"]) {
    Reflect.deleteProperty(globalThis, name);
  }
}
