/** What a unit sees of the ready-made services. Checked by the compiler; never run. */
import { createHost } from "leasehold";
import {
  clipboard,
  fetcher,
  notifications,
  storage,
  type ClipboardService,
  type FetchService,
  type NotificationService,
  type StorageService,
} from "leasehold/services";
import { capability } from "leasehold/unit";

createHost({
  capabilities: {
    storage: storage({ quota: 1 }),
    fetch: fetcher({ origins: ({ name }) => [name], credentials: "omit" }),
    notify: notifications(({ title, signal }) => void [title.length, signal.aborted]),
    clipboard: clipboard(),
  },
});

export async function use(): Promise<[number, boolean]> {
  const kept = capability<StorageService>("storage");
  await kept.set("key", { at: new Date() });
  const value: unknown = await kept.get("key");
  // @ts-expect-error a key is a text
  void kept.get(value as number);
  const { used } = await kept.usage();

  const fetch = capability<FetchService>("fetch");
  const answer = await fetch("https://api.example.com", { method: "POST", body: "text" });
  await new Response(answer.body, answer).json();
  // @ts-expect-error which credentials go along is the page's to decide
  void fetch("https://api.example.com", { credentials: "include" });

  const notice = await capability<NotificationService>("notify").show({ title: "Saved", tone: "success" });
  const isShown = await notice.update({ body: "All of it." });
  // @ts-expect-error no tone of that name
  void notice.update({ tone: "loud" });

  await capability<ClipboardService>("clipboard").writeText("text");
  return [used, isShown];
}
