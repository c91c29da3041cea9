/**
 * Contestants that keep a session open and are measured by `measure(session)`.
 * @param {import("../domains/bare.js").Kind} kind
 * @param {{ name: string, open(kind: string): Promise<object> }[]} peers
 * @param {(session: object) => Promise<number>} measure
 */
export async function callers(kind, peers, measure) {
  const contestants = [];
  for (const peer of peers) {
    const session = await peer.open(kind);
    contestants.push({ name: peer.name, run: () => measure(session), close: () => session.close() });
  }
  return contestants;
}
