/** A text for people, without what differs from run to run: times, and how wide columns are for them. */
export const withoutTimes = (text: string): string =>
  text
    .replace(/(\d+ min )?\d+(\.\d+)? (ms|s|min)\b/g, "a while")
    .replace(/ {2,}/g, "  ")
    .trim();
