/** Where the notes are: in the page's storage, or, where that was not granted, in this module. */
import { capability } from "leasehold/unit";
import type { StorageService } from "leasehold/services";

export interface Note {
  id: string;
  text: string;
  /** Epoch ms. */
  at: number;
}

type Shelf = Pick<StorageService, "get" | "set" | "delete" | "entries">;

const NOTE = "note/";
const DRAFT = "draft";

const storage = capability<StorageService>("storage");
let shelf: Promise<Shelf> | undefined;
let isStored = false;
let lastNumber = 0;

/** Whether the notes will be there the next time. */
export const isKept = (): boolean => isStored;

export async function add(text: string): Promise<Note> {
  const at = Date.now();
  // Another window may add one in the same millisecond.
  const id = `${at}-${++lastNumber}-${Math.random().toString(36).slice(2, 8)}`;
  const note = { id, text: text.trim(), at };
  if (!note.text) throw new RangeError("A note needs some text.");
  await (await open()).set(NOTE + id, note);
  return note;
}

export async function list(): Promise<Note[]> {
  const entries = await (await open()).entries();
  return entries
    .filter(([key]) => key.startsWith(NOTE))
    .map(([, note]) => note as Note)
    .sort((one, other) => other.at - one.at);
}

export async function remove(id: string): Promise<boolean> {
  return (await open()).delete(NOTE + id);
}

export async function draft(): Promise<string> {
  return String((await (await open()).get(DRAFT)) ?? "");
}

export async function keepDraft(text: string): Promise<void> {
  const opened = await open();
  await (text ? opened.set(DRAFT, text) : opened.delete(DRAFT));
}

/** Whether there is a storage shows when it is used. */
function open(): Promise<Shelf> {
  return (shelf ??= storage.usage().then(
    () => {
      isStored = true;
      return storage as unknown as Shelf;
    },
    () => inMemory(),
  ));
}

function inMemory(): Shelf {
  const values = new Map<string, unknown>();
  return {
    get: async (key) => values.get(key),
    set: async (key, value) => void values.set(key, value),
    delete: async (key) => values.delete(key),
    entries: async () => [...values],
  };
}
