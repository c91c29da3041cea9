import { capability } from "leasehold/unit";
import { createHost, perUnit, type CapabilityUser, type PerUnit } from "../../src/index.js";
import type { RemotePromise } from "../../src/index.js";
import { typeOf, type Equal, type Expect } from "./support.js";

interface AddressBook {
  find(name: string): string | undefined;
  readonly size: number;
}

const book = capability<AddressBook>("addressBook");
typeOf(book.find("Ada")).is<RemotePromise<string | undefined>>();
// @ts-expect-error A name is a text.
void book.find(1);
// @ts-expect-error The address book has no such member.
void book.burn();

export const made = perUnit(({ manifest }) => ({ name: manifest.name }));
export type Made = Expect<Equal<typeof made, PerUnit<{ name: string }>>>;
export type Seen = Expect<Equal<CapabilityUser["signal"], AbortSignal>>;

createHost({ capabilities: { book: { find: () => "" }, made, call: (text: string) => text, list: new Map() } });
// @ts-expect-error A service is an object or a function.
createHost({ capabilities: { count: 1 } });
