import type { CountUrls } from "./report-urls.js";

/** Imports a module from its text and returns what it exports; the realm keeps it for as long as there is the realm. */
export type ImportText = (text: string) => Promise<Record<string, unknown>>;

/** Makes such a function; each of its Blob URLs lives only while the module is imported. */
export function createImportText(onUrls: CountUrls): ImportText {
  let live = 0;
  let made = 0;
  return async (text) => {
    const url = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
    onUrls(++live, ++made);
    try {
      return (await import(/* @vite-ignore */ url)) as Record<string, unknown>;
    } finally {
      URL.revokeObjectURL(url);
      onUrls(--live, made);
    }
  };
}
