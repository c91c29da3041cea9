/** The page, as a holder. */
export const HOST = "host";

/** How a root leads to a holder of leases, by what a person calls each step. */
export class Way {
  readonly steps: readonly string[];
  #label: string | undefined;
  #path: string[] = [];

  constructor(steps: readonly string[]) {
    this.steps = steps;
  }

  /** The path to a lease of the holder. As a rule many that are alike are taken in a row: they have one array. */
  to(label: string): string[] {
    if (label !== this.#label) {
      this.#label = label;
      this.#path = Object.freeze([...this.steps, label]) as string[];
    }
    return this.#path;
  }

  leadsBy(steps: readonly string[]): boolean {
    return steps.length === this.steps.length && steps.every((step, index) => step === this.steps[index]);
  }
}

/** That to the page itself. */
export const fromHost = new Way([HOST]);
