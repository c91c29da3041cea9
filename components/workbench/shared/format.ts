const number = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });

/** "3.2 kB"; decimal units, as file managers show them. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  const [size, unit] = bytes < 1e6 ? [bytes / 1e3, "kB"] : [bytes / 1e6, "MB"];
  return `${size >= 100 ? Math.round(size) : number.format(size)} ${unit}`;
}

/** "0.4 ms", "18 ms", "1.2 s". */
export function formatDuration(milliseconds: number): string {
  if (milliseconds >= 1000) return `${number.format(milliseconds / 1000)} s`;
  return `${milliseconds >= 10 ? Math.round(milliseconds) : number.format(milliseconds)} ms`;
}

/** "1 frame", "2 frames". */
export function formatCount(count: number, one: string, many = `${one}s`): string {
  return `${number.format(count)} ${count === 1 ? one : many}`;
}
