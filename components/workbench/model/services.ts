import { clipboard, fetcher, notifications, storage, type Notice } from "../../../src/services/index.js";

/** What this page does for units that ask for it, by name; the review tells what each means. */
export function createServices(show: (notice: Notice) => void): Record<string, object> {
  return { storage: storage(), fetch: fetcher(), notify: notifications(show), clipboard: clipboard() };
}
