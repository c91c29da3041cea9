import { LeaseholdError } from "../errors.js";
import { tones, type NoticeText } from "./notice.js";

const LONGEST = { title: 120, body: 1000 };

/** What would move the text that stands beside it, or does something else than being read. */
const UNREADABLE = /[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}]/gu;

/** What somebody sees; a joiner, say, is part of many a text, and none by itself. */
const SEEN = /[^\p{Default_Ignorable_Code_Point}\p{White_Space}\u2800]/u;

/**
 * Accepts what a unit says; of its texts, what cannot be read is left out.
 * @throws LeaseholdError "DataError" (`text-invalid`)
 */
export function checkNotice(value: unknown): Required<NoticeText> {
  if (typeof value !== "object" || value === null) throw invalid("A notice is an object: { title, body, tone }.");
  const { title, body = "", tone = "info" } = value as Record<string, unknown>;
  const line = plain("title", title).replaceAll("\n", " ");
  if (!SEEN.test(line)) throw invalid("A notice has a title that can be read.");
  const known = tones.find((each) => each === tone);
  if (!known) throw invalid(`The tone of a notice is one of ${tones.join(", ")}.`);
  return { title: line, body: plain("body", body), tone: known };
}

function plain(name: keyof typeof LONGEST, value: unknown): string {
  const max = LONGEST[name];
  if (typeof value !== "string" || value.length > max)
    throw invalid(`The ${name} of a notice is a text of at most ${max} characters: show more in the unit's own view.`);
  const readable = value.toWellFormed().replace(UNREADABLE, (each) => (each === "\n" ? each : ""));
  return readable.trim();
}

const invalid = (message: string): LeaseholdError => new LeaseholdError("DataError", "text-invalid", message);
