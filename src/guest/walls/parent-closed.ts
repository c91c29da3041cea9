/** Whether nothing of the page can be reached from here: the origin is opaque, and no frame around shows its document. */
export function parentClosed(): boolean {
  if (self.origin !== "null") return false;
  return typeof document === "undefined" || [parent, top].every((around) => !showsDocument(around));
}

function showsDocument(around: Window | null): boolean {
  try {
    return Boolean(around?.document);
  } catch {
    return false;
  }
}
