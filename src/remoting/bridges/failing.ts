/** A stream's controller, as far as both kinds are the same. */
export interface Failing {
  /** Ends the stream with an error. */
  error(reason: unknown): void;
}

/** Is given a stream's controller when the stream starts; it must hold it weakly, or the stream is never collected. */
export type OnStart = (controller: Failing) => void;
