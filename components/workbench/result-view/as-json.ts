import { css, html } from "lit";

const token = /("(?:[^"\\]|\\.)*")(\s*:)?|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|\b(true|false|null)\b/g;

/** Any value as indented JSON in colours; what JSON cannot say is said in words. */
export function asJson(value: unknown) {
  const text = stringify(value);
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

function stringify(value: unknown): string {
  try {
    return JSON.stringify(value, describe, 2) ?? String(value);
  } catch {
    return String(value); // cyclic
  }
}

function describe(_key: string, value: unknown): unknown {
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value === "function") return "a reference to something in the unit";
  if (value instanceof Map) return [...value];
  if (value instanceof Set) return [...value];
  if (ArrayBuffer.isView(value)) return `${value.constructor.name} of ${value.byteLength} bytes`;
  return value;
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
