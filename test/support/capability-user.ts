import type { Grant, UnitManifest } from "leasehold";

/** For whom a test has a service made, and what the books say of it. */
export interface SomeUser {
  unit: string;
  domain: string;
  manifest: UnitManifest;
  grant: Grant;
  signal: AbortSignal;
  isPressed(): Promise<boolean>;
  audit(method: string, bytes: number): void;
  /** What was added to the books, the oldest first. */
  readonly books: [method: string, bytes: number][];
  /** Its domain goes. */
  go(): void;
}

/** A unit of that name, as a service sees it. */
export function someUser(name = "sample", grant: Grant = {}, { isPressed = false } = {}): SomeUser {
  const life = new AbortController();
  const books: [string, number][] = [];
  return {
    unit: `${name}@1.0.0`,
    domain: name,
    manifest: { name, version: "1.0.0", permissions: grant },
    grant,
    signal: life.signal,
    isPressed: async () => isPressed,
    audit: (...entry) => books.push(entry),
    books,
    go: () => life.abort(new Error(`${name} has gone.`)),
  };
}
