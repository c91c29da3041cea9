/**
 * The calls of one turn of the event loop, which as a rule settle together: their promises hang on one, because a promise of its
 * own for each of ten thousand calls would cost as much as sending them.
 */
export class Turn {
  /** A turn that has been answered; for calls that were never sent. */
  static readonly over = new Turn();

  /** Resolves when the first of its calls settles. */
  readonly answered: Promise<void>;
  isOver = false;
  /** Epoch milliseconds. */
  readonly since = Date.now();
  #resolve!: () => void;

  constructor() {
    this.answered = new Promise((resolve) => (this.#resolve = resolve));
  }

  end(): void {
    if (this.isOver) return;
    this.isOver = true;
    this.#resolve();
  }
}

Turn.over.end();
