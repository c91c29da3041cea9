/** Differences between texts, and patches made from them, with jsdiff. */
import { applyPatch, type Change, createTwoFilesPatch, diffLines, diffWordsWithSpace, FILE_HEADERS_ONLY } from "diff";

/** A stretch of text and what became of it. All but the removed parts, joined, are the later text. */
export interface Part {
  kind: "same" | "added" | "removed";
  text: string;
}

/** The change as a unified patch that `patch` and `git apply` understand. Empty when nothing changed. */
export function unified(before: string, after: string, name = "text"): string {
  if (before === after) return "";
  return createTwoFilesPatch(`a/${name}`, `b/${name}`, before, after, undefined, undefined, {
    headerOptions: FILE_HEADERS_ONLY,
  });
}

/** The difference word by word. */
export function words(before: string, after: string): Part[] {
  return diffWordsWithSpace(before, after).map(toPart);
}

/** The difference line by line. */
export function lines(before: string, after: string): Part[] {
  return diffLines(before, after).map(toPart);
}

/** `source` with a unified patch applied; throws when the patch does not fit it. */
export function apply(source: string, patch: string): string {
  if (patch === "") return source;
  const patched = applyPatch(source, patch);
  if (patched === false) throw new Error("The patch does not fit this text: the lines around a change differ.");
  return patched;
}

function toPart({ added, removed, value }: Change): Part {
  return { kind: added ? "added" : removed ? "removed" : "same", text: value };
}
