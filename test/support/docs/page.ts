import { expect } from "chai";
import type { UnitView } from "leasehold/components";
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
  frame.style.cssText = "width: 900px; height: 900px"; // an engine may have what nobody sees wait
  document.body.append(frame);
  try {
    const page = frame.contentWindow as Window & Shown;
    // So that the page has the address of this one, as if it were served: engines differ in what a srcdoc document may do.
    page.document.open();
    page.document.write(withClaims(html).replace(/^(<!doctype html>)?/, `$&${watch}`));
    page.document.close();
    const claims = claimsIn(html);
    const views = () => [...page.document.querySelectorAll("unit-view")] as UnitView[];
    await until(
      "the page has done all",
      () => {
        for (const { error } of views()) if (error) throw error as Error;
        if (page.faults.length > 0) return true;
        return claims > 0 ? page.shown.length === claims : views().length > 0 && views().every(({ unit }) => unit);
      },
      15_000,
    );
    expect(page.faults.join("\n"), "what goes wrong in the page").to.equal("");
    for (const [value, expected] of page.shown) expect(value).to.deep.equal(expected);
  } finally {
    frame.remove();
  }
}
