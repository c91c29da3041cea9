import { peers } from "../peers/index.js";

/**
 * The peers that can do a workload, as contestants that keep a session open and are measured by `measure(session)`, and
 * notes about them and about those that cannot.
 * @param {string} workload its id
 * @param {(session: import("../peers/index.js").Session) => Promise<number>} measure
 */
export function callers(workload, measure) {
  return {
    limit: "raw postMessage",
    contestants: (kind) =>
      peers.filter(({ lacks }) => !lacks?.[workload]).map((peer) => contestant(peer, kind, measure)),
    notes: peers.flatMap(({ name, lacks, remarks }) => {
      if (lacks?.[workload]) return { name, says: `left out; ${lacks[workload]}` };
      return remarks?.[workload] ? { name, says: remarks[workload] } : [];
    }),
  };
}

function contestant(peer, kind, measure) {
  return {
    name: peer.name,
    async open() {
      const session = await peer.open(kind);
      return { run: () => measure(session), close: () => session.close() };
    },
  };
}
