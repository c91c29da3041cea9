import { isSamePackage, resolveSource, type UnitPackage, type UnitSource } from "../unit/index.js";
import { abortable } from "../time.js";

/** A source that was, or is being, fetched. */
interface SharedSource {
  reading: Promise<UnitPackage>;
  /** What was read, once it is. */
  source?: UnitPackage;
  ending: AbortController;
  /** Loads that are under way, and units that were made of it. */
  users: Set<object>;
  /** Of the loads that wait for it. */
  listeners: Set<(bytes: number) => void>;
}

/**
 * The sources of units that others require. What has an address, or is a Blob, is fetched and checked once, as long as anybody uses
 * it; what is given as plain data is not kept, for it may have been changed by the next time.
 */
export class SharedSources {
  readonly #sources = new Map<unknown, SharedSource>();
  readonly #maxBytes: number | undefined;

  /** @param maxBytes that each may have */
  constructor(maxBytes: number | undefined) {
    this.#maxBytes = maxBytes;
  }

  /**
   * Reads a source for a load, which says when it does not need it any more.
   * @param onBytes called with how much more of it was fetched, whoever had asked for it
   */
  async read(
    source: UnitSource,
    load: object,
    { signal, onBytes }: { signal: AbortSignal; onBytes(bytes: number): void },
  ): Promise<UnitPackage> {
    const key = keyOf(source);
    if (key === undefined) return abortable(resolveSource(source, { signal, maxBytes: this.#maxBytes }), signal);
    const shared = this.#sources.get(key) ?? this.#open(key, source);
    shared.users.add(load);
    shared.listeners.add(onBytes);
    try {
      return await abortable(shared.reading, signal);
    } finally {
      shared.listeners.delete(onBytes);
    }
  }

  /** A unit was made of what was read. */
  keep(source: UnitPackage, unit: object): void {
    for (const shared of this.#sources.values()) {
      if (shared.source && isSamePackage(shared.source, source)) shared.users.add(unit);
    }
  }

  /** A load has ended, or a unit has gone. */
  leave(user: object): void {
    for (const [key, { users, ending }] of this.#sources) {
      if (!users.delete(user) || users.size > 0) continue;
      this.#sources.delete(key);
      ending.abort();
    }
  }

  #open(key: unknown, source: UnitSource): SharedSource {
    const ending = new AbortController();
    const listeners = new Set<(bytes: number) => void>();
    let before = 0;
    const reading = resolveSource(source, {
      signal: ending.signal,
      maxBytes: this.#maxBytes,
      onProgress({ phase, loaded }) {
        if (phase === "fetch") for (const listener of listeners) listener(loaded - before);
        before = loaded;
      },
    });
    const shared: SharedSource = { reading, ending, listeners, users: new Set() };
    this.#sources.set(key, shared);
    reading.then(
      (read) => void (shared.source = read),
      // Whoever comes next tries again.
      () => this.#sources.get(key) === shared && this.#sources.delete(key),
    );
    return shared;
  }
}

/** What two sources have in common that are the same for good; undefined of what may change. */
function keyOf(source: UnitSource): unknown {
  if (source instanceof Blob) return source;
  if (typeof source !== "string" && !(source instanceof URL)) return undefined;
  return URL.canParse(source, document.baseURI) ? new URL(source, document.baseURI).href : undefined;
}
