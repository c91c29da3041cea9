import { parsePermissions, type Grant, type Permissions, type UnitManifest } from "../unit/index.js";
import { join, lacking, meet } from "./grant.js";

/** Asks whoever decides for the page. */
export type Authorize = (request: {
  manifest: UnitManifest;
  /** What the unit asks for and was not granted before. */
  wanted: Permissions;
  /** What it was granted when it was last loaded; absent where it never was. */
  previous?: Grant;
}) => Grant | Promise<Grant>;

interface Consent {
  /** What was allowed when it was asked for. */
  allowed: Grant;
  /** What the unit was granted last, whoever granted it. */
  last?: Grant;
  /** Settles when the question that is under way is answered. */
  answering?: Promise<unknown>;
}

/**
 * What a page has allowed its units. It is asked for what is new alone, and once where a unit is loaded twice at a time. What
 * it refused it is asked again the next time: who remembers refusals as well does that in `authorize`.
 */
export class Consents {
  readonly #consents = new Map<string, Consent>();

  /**
   * Decides what a unit may do: of its wish what the load grants, what was allowed before, and what is allowed now.
   * @param origin where the unit came from: another site's of the same name is another unit
   * @throws LeaseholdError "DataError" (`grant-invalid`), or what `authorize` throws
   */
  async decide(manifest: UnitManifest, origin: string, offered: Grant = {}, authorize?: Authorize): Promise<Grant> {
    const granted = parsePermissions(offered, "grant");
    const key = JSON.stringify([manifest.name, origin]);
    const consent = this.#consents.get(key) ?? { allowed: {} };
    this.#consents.set(key, consent);
    const known = (): Grant => meet(manifest.permissions, join(granted, consent.allowed));
    const ask = async (): Promise<void> => {
      const wanted = lacking(manifest.permissions, known());
      if (!wanted || !authorize) return;
      const { last } = consent;
      const answer: unknown = await authorize({ manifest, wanted, ...(last && { previous: last }) });
      consent.allowed = join(consent.allowed, meet(wanted, parsePermissions(answer, "authorize()")));
    };
    if (lacking(manifest.permissions, known())) {
      // The answer to one question may be that to the next.
      const before = consent.answering?.catch(() => {}) ?? Promise.resolve();
      await (consent.answering = before.then(ask));
    }
    return (consent.last = known());
  }

  /** Forgets all of a name, wherever it came from. */
  forget(name: string): void {
    for (const key of this.#consents.keys()) {
      if ((JSON.parse(key) as [string])[0] === name) this.#consents.delete(key);
    }
  }
}
