import { expect } from "chai";
import { until } from "../until.js";
import { claimsIn, withClaims } from "./example.js";

interface Shown {
  shown: [value: unknown, expected: unknown][];
  faults: string[];
}

/** Before the page's own scripts: where it shows what it has to show, and what goes wrong in it. */
const watch = `<script>
  var shown = [], faults = [];
  var show = (value, expected) => shown.push([value, expected]);
  onerror = (message) => void faults.push(message);
  onunhandledrejection = ({ reason }) => void faults.push(String(reason));
</script>`;

/**
 * Runs a page, served where the repository is, and compares what its `console.log` show with what stands behind them. Of a page that
 * shows nothing in that way each unit's view has to be there.
 */
export async function runPage(html: string): Promise<void> {
  const frame = document.createElement("iframe");
  frame.srcdoc = withClaims(html).replace(/^(<!doctype html>)?/, `$&${watch}`);
  document.body.append(frame);
  try {
    const page = await until("the page is there", () => {
      const window = frame.contentWindow as (Window & Partial<Shown>) | null;
      return window?.shown && (window as Window & Shown);
    });
    const claims = claimsIn(html);
    const views = () => [...page.document.querySelectorAll("unit-view")] as (Element & { unit?: unknown })[];
    await until("the page has done all", () => {
      if (page.faults.length > 0) return true;
      return claims > 0 ? page.shown.length === claims : views().length > 0 && views().every(({ unit }) => unit);
    });
    expect(page.faults.join("\n"), "what goes wrong in the page").to.equal("");
    for (const [value, expected] of page.shown) expect(value).to.deep.equal(expected);
  } finally {
    frame.remove();
  }
}
