import { css, html } from "lit";

const token = /("(?:[^"\\]|\\.)*")(\s*:)?|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|\b(true|false|null)\b/g;

/** Any value as indented JSON in colours; what JSON cannot say is said in words. */
export function asJson(value: unknown) {
  const text = stringify(value, 2);
  const parts: unknown[] = [];
  let end = 0;
  for (const match of text.matchAll(token)) {
    const [whole, string, colon, number] = match;
    parts.push(text.slice(end, match.index));
    const kind = string ? (colon ? "key" : "string") : number ? "number" : "word";
    parts.push(html`<span class=${kind}>${string ?? whole}</span>${colon ?? ""}`);
    end = match.index + whole.length;
  }
  return html`<pre class="wrap" tabindex="0">${parts}${text.slice(end)}</pre>`;
}

/** The value as JSON text; `indent` 0 is one line. */
export function stringify(value: unknown, indent: number): string {
  return JSON.stringify(readable(value, 0), null, indent) ?? String(value);
}

/**
 * The value as what JSON can say. Done beforehand, because JSON.stringify would look for `toJSON` on a reference, and so
 * call into the unit.
 */
function readable(value: unknown, depth: number): unknown {
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value === "function") return "(a reference to something in the unit)";
  if (typeof value !== "object" || value === null) return value;
  if (depth > 20) return "(and so on)"; // far down, or round and round
  if (value instanceof Date) return value.toISOString();
  if (ArrayBuffer.isView(value)) return `(${value.constructor.name}, ${value.byteLength} bytes)`;
  if (Array.isArray(value) || value instanceof Set) return [...value].map((item) => readable(item, depth + 1));
  const entries = value instanceof Map ? [...value] : Object.entries(value);
  return Object.fromEntries(entries.map(([key, item]) => [String(key), readable(item, depth + 1)]));
}

export const jsonStyles = css`
  .key {
    color: var(--code-key);
  }
  .string {
    color: var(--code-text);
  }
  .number,
  .word {
    color: var(--code-number);
  }
`;
