/** Watches what nobody may do who only sends messages: have errors that nobody catches, or code made of text. */
export class Outside {
  readonly #escaped: unknown[] = [];
  readonly #made: unknown[] = [];
  readonly #originals = ["Function", "eval"].map(
    (name) => [name, Reflect.get(globalThis, name) as () => unknown] as const,
  );

  constructor() {
    window.addEventListener("error", this.#onError);
    window.addEventListener("unhandledrejection", this.#onRejection);
    const note = (args: unknown[]): never => {
      this.#made.push(args);
      throw new EvalError("no code is made here");
    };
    for (const [name, original] of this.#originals) {
      const spy = new Proxy(original, {
        apply: (_target, _this, args) => note(args),
        construct: (_target, args) => note(args),
      });
      Reflect.set(globalThis, name, spy);
    }
  }

  reset(): void {
    this.#escaped.length = this.#made.length = 0;
  }

  check(): void {
    if (this.#escaped.length > 0)
      throw new Error(`Nobody caught ${String(this.#escaped[0])}`, { cause: this.#escaped[0] });
    if (this.#made.length > 0) throw new Error(`Code was made of ${String(this.#made[0])}`);
  }

  close(): void {
    for (const [name, original] of this.#originals) Reflect.set(globalThis, name, original);
    window.removeEventListener("error", this.#onError);
    window.removeEventListener("unhandledrejection", this.#onRejection);
  }

  readonly #onError = ({ error }: ErrorEvent): void => void this.#escaped.push(error);
  readonly #onRejection = ({ reason }: PromiseRejectionEvent): void => void this.#escaped.push(reason);
}
