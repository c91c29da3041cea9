import type { Binding, ExportDescriptor, Handle, Reflection, RemoteCollection, Unit } from "../../src/index.js";
import type { Equal, Expect } from "./support.js";

/** What a unit gives of its exports has names that a page's own code can use. */
export type Named = [
  Expect<Equal<ReturnType<Unit["collectionOf"]>, RemoteCollection<unknown>>>,
  Expect<Equal<Awaited<ReturnType<Unit["binding"]>>, Binding<unknown>>>,
  Expect<Equal<Awaited<ReturnType<Unit["handle"]>>, Handle>>,
  Expect<Equal<Awaited<ReturnType<Unit["reflect"]>>, Reflection>>,
  Expect<Equal<ReturnType<Reflection["get"]>, ExportDescriptor>>,
];
