/** A range of offsets. */
interface Range {
  start: number;
  end: number;
}

/**
 * Moves lines to a depth, as far as they are moved together, without blank ones before and behind.
 * @param depth in steps of two spaces
 * @param fixed where line breaks are part of a value, so that what follows them must stay as it is
 */
export function indent(text: string, depth: number, fixed: readonly Range[] = []): string {
  let offset = 0;
  const lines = text.split("\n").map((line) => {
    const start = offset;
    offset += line.length + 1;
    return { line, isFixed: fixed.some((range) => range.start < start && start <= range.end) };
  });
  const isBlank = ({ line, isFixed }: (typeof lines)[number]): boolean => !isFixed && line.trim() === "";
  const first = lines.findIndex((each) => !isBlank(each));
  if (first < 0) return "";
  const kept = lines.slice(first, lines.findLastIndex((each) => !isBlank(each)) + 1);
  const margin = kept.reduce(
    (least, each) => (each.isFixed || isBlank(each) ? least : Math.min(least, each.line.search(/\S/))),
    Infinity,
  );
  return kept
    .map((each) => {
      if (each.isFixed) return each.line;
      return isBlank(each) ? "" : "  ".repeat(depth) + each.line.slice(margin);
    })
    .join("\n");
}
