import { ASYNC_DISPOSE, DISPOSE } from "../dispose.js";

/** Gives a domain the names of disposal where its engine does not know them yet, so that units find the same everywhere. */
export function provideDisposal(): void {
  for (const [name, value] of Object.entries({ dispose: DISPOSE, asyncDispose: ASYNC_DISPOSE })) {
    if (!Object.hasOwn(Symbol, name)) Object.defineProperty(Symbol, name, { value });
  }
}
