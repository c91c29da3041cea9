import { LeaseholdError } from "../errors.js";
import type { Grant, UnitManifest } from "../unit/index.js";
import { audit, type CapabilityUse } from "./audit.js";
import { createFacet, type Use } from "./facet.js";
import { isPerUnit } from "./per-unit.js";
import { checkService, serviceOf, type Services } from "./services.js";

/** The units of one domain that ask for capabilities, with what each was granted. */
export type Askers = readonly { manifest: UnitManifest; grant: Grant }[];

export interface UnitCapabilitiesOptions {
  /** Id of the unit whose domain it is. */
  unit: string;
  /** Its name. */
  domain: string;
  services: Services;
  askers: Askers;
  isPressed(): Promise<boolean>;
  /** Whether somebody wants to hear of uses: to measure them costs more than most of them. */
  isAudited(): boolean;
  tell(use: CapabilityUse): void;
}

/**
 * The capabilities of the units of one domain, for its session to expose: by the name of the unit, by the name of the capability. What
 * was asked for and not granted is there as well, and says so when it is reached for. A facet is made when it is first used.
 */
export class UnitCapabilities {
  readonly exposed = Object.create(null) as object;
  readonly #options: UnitCapabilitiesOptions;
  readonly #end = new AbortController();

  constructor(options: UnitCapabilitiesOptions) {
    this.#options = options;
    for (const asker of options.askers) {
      const names = new Set(asker.manifest.permissions?.capabilities);
      const facets = Object.create(null) as object;
      for (const name of names)
        Object.defineProperty(facets, name, { get: this.#facetGetter(name, asker), enumerable: true });
      Object.defineProperty(this.exposed, asker.manifest.name, { value: Object.freeze(facets), enumerable: true });
    }
  }

  /** The domain has gone. */
  close(): void {
    const { unit } = this.#options;
    const message = `${unit} has gone before this was over. Load the unit again.`;
    this.#end.abort(new LeaseholdError("DomainUnloadedError", "unit-unloaded", message, { unit }));
  }

  #facetGetter(name: string, { manifest, grant }: Askers[number]): () => object {
    let facet: object | undefined;
    const { services, unit, domain, isPressed, isAudited, tell } = this.#options;
    const told = { capability: name, by: manifest.name };
    const use: Use = (method, args, act) =>
      isAudited() ? audit({ ...told, method }, args, act, tell, this.#end.signal) : act();
    const make = (): object => {
      if (!grant.capabilities?.includes(name)) refuse(manifest.name, name);
      const service = serviceOf(services, name, manifest.name);
      const own = isPerUnit(service)
        ? service.make({
            unit,
            domain,
            manifest,
            grant,
            signal: this.#end.signal,
            isPressed,
            audit: (method, bytes) => tell({ ...told, method, time: Date.now(), duration: 0, bytes }),
          })
        : service;
      checkService(name, own);
      return createFacet(own, use);
    };
    return () => {
      try {
        return (facet ??= make());
      } catch (error) {
        return use("", [], () => {
          throw error;
        }) as never;
      }
    };
  }
}

function refuse(unit: string, name: string): never {
  const message =
    `${unit} was not granted the capability "${name}". Whoever loads it has to allow that: ` +
    `load(source, { grant: { capabilities: ["${name}"] } }), or createHost({ authorize }).`;
  throw new LeaseholdError("PermissionDeniedError", "capability-denied", message, { unit });
}
