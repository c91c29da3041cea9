import { createHost, type Host } from "../../src/index.js";

/** A host that is shared by those who brought none of their own. */
export interface BorrowedHost {
  host: Host;
  /** To be called once, when everything that was loaded through it is unloaded. */
  giveBack(): Promise<void>;
}

let shared: { host: Host; borrowers: number } | undefined;

/** Lends the default host: made for the first who wants it, disposed of after the last has given it back. */
export function borrowDefaultHost(): BorrowedHost {
  // Views run in frames; a warm worker would wait for nobody.
  const lent = (shared ??= { host: createHost({ pool: { frame: 1, worker: 0 } }), borrowers: 0 });
  lent.borrowers++;
  return {
    host: lent.host,
    async giveBack() {
      // A turn later, because an element that is moved leaves the page and comes back.
      await new Promise((resolve) => setTimeout(resolve));
      if (--lent.borrowers > 0) return;
      if (shared === lent) shared = undefined;
      await lent.host.dispose();
    },
  };
}
