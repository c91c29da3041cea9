/**
 * Notes that stay: kept by the page's storage, where the page allows that, and otherwise for as long as the unit is loaded. The page
 * shows its reminders, and copies a note for who presses the button.
 */
import { capability, type UnitContext } from "leasehold/unit";
import type { ClipboardService, NotificationService } from "leasehold/services";
import * as shelf from "./shelf.js";
import type { Note } from "./shelf.js";
import { createView, type View } from "./view.js";

export type { Note } from "./shelf.js";

const notify = capability<NotificationService>("notify");
const clipboard = capability<ClipboardService>("clipboard");

const reminders = new Set<ReturnType<typeof setTimeout>>();
let view: View | undefined;

export async function activate({ root, onUnload }: UnitContext): Promise<void> {
  onUnload(() => reminders.forEach((reminder) => clearTimeout(reminder)));
  if (!root) return;
  view = createView(root, {
    add,
    remove,
    remind: ({ text }) => remind(text, 10),
    copy: ({ text }) => clipboard.writeText(text),
    keepDraft: (text) => shelf.keepDraft(text),
  });
  onUnload(() => {
    view?.destroy();
    view = undefined;
  });
  view.draft(await shelf.draft());
  await refresh();
}

/** Keeps a note. */
export async function add(text: string): Promise<Note> {
  const note = await shelf.add(text);
  await refresh();
  return note;
}

/** All notes, the newest first. */
export function list(): Promise<Note[]> {
  return shelf.list();
}

/** Whether there was such a note. */
export async function remove(id: string): Promise<boolean> {
  const isRemoved = await shelf.remove(id);
  await refresh();
  return isRemoved;
}

/** Shows a text as a notice of the page's, some seconds later; resolves to what will be shown. */
export async function remind(text: string, seconds = 0): Promise<string> {
  const title = text.trim().split("\n", 1)[0]?.slice(0, 120) || "A note";
  if (seconds === 0) await show(title);
  else {
    const reminder = setTimeout(() => {
      reminders.delete(reminder);
      show(title).catch(console.warn);
    }, seconds * 1000);
    reminders.add(reminder);
  }
  return title;
}

async function show(title: string): Promise<void> {
  const notice = await notify.show({ title, body: "You wanted to be reminded." });
  notice[Symbol.dispose](); // it stays, until the person has read it
}

async function refresh(): Promise<void> {
  view?.show(await shelf.list(), shelf.isKept());
}
