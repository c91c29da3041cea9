import type { Part } from "./part.js";

/** Who follows which parts of a builder somebody has. */
export interface PartObserver {
  added(part: Part): void;
  released(part: Part): void;
}

/** The parts of one builder that are not released. */
export class Parts {
  /** Of the builder, as "name@version". */
  readonly unit: string;
  readonly #live = new Set<Part>();
  readonly #observers = new Set<PartObserver>();

  constructor(unit: string) {
    this.unit = unit;
  }

  /** Tells of every part that there is, and of each that comes or goes, until what it returns is called. */
  observe(observer: PartObserver): () => void {
    this.#observers.add(observer);
    // Whoever is told may make another part, which is told of by itself.
    for (const part of new Set(this.#live)) observer.added(part);
    return () => void this.#observers.delete(observer);
  }

  add(part: Part): void {
    this.#live.add(part);
    for (const observer of new Set(this.#observers)) observer.added(part);
  }

  delete(part: Part): void {
    this.#live.delete(part);
    for (const observer of this.#observers) observer.released(part);
  }
}
