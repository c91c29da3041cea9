import * as comlink from "comlink";
import { expect } from "chai";
import * as remoting from "leasehold/remoting";
import { withPage } from "../page.js";
import { withHeaders } from "../served.js";
import { runPage } from "./page.js";
import { scripts, scriptsIn } from "./scripts.js";

/** May be in any page, in one that is isolated from other origins as well. */
const frameUrl = withHeaders("/dist/frame.html", {
  headers: { "Cross-Origin-Embedder-Policy": "require-corp", "Cross-Origin-Resource-Policy": "cross-origin" },
});

/**
 * What is done with blocks that are no JavaScript, by their language.
 *
 * html: runs as a page. json: has to be the manifest of the document's unit. sh: has commands that there are. http: a page that is served
 * with these headers can host units in frames. diff: a line for Comlink and one for this library import the same, which both have.
 */
export const runners: Record<string, (code: string, isManifest: boolean) => unknown> = {
  html: runPage,

  json: (_code, isManifest) => expect(isManifest, "a unit that has this manifest").to.equal(true),

  async sh(code) {
    const names = scriptsIn(code);
    expect(names).not.to.be.empty;
    expect(await scripts()).to.include.keys(names);
  },

  http(code) {
    const headers = Object.fromEntries(
      code
        .trim()
        .split("\n")
        .map((line) => line.split(/: (.*)/).slice(0, 2)),
    );
    return withPage({ headers }, async ({ createHost, violations }) => {
      const host = createHost({ frameUrl });
      const code = "export const half = (n) => n / 2;";
      const unit = await host.load<{ half(n: number): number }>({ code }, { isolation: "frame" });
      expect(await unit.exports.half(4)).to.equal(2);
      expect(violations).to.deep.equal([]);
      await host.dispose();
    });
  },

  diff(code) {
    const [theirs, ours] = ["-", "+"].map((sign) => new RegExp(`^\\${sign}import \\{ (.+) \\}`, "m").exec(code)?.[1]);
    expect(ours).to.equal(theirs);
    const names = ours!.split(", ");
    expect(comlink).to.include.keys(names);
    expect(remoting).to.include.keys(names);
  },
};
