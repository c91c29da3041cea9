import { expect } from "chai";
import { inEveryIsolation } from "../support/every-isolation.js";
import { rejection } from "../support/rejection.js";

const code = `
  export const echo = (value) => value;
  export const evaluate = (source, given) => new Function("given", source)(given);
  export const failure = async (source, given) => {
    try {
      await evaluate(source, given);
    } catch ({ name, code, message }) {
      return { name, code, message };
    }
  };
`;

interface Failure {
  name: string;
  code?: string;
  message: string;
}
interface Sample {
  echo(value: unknown): unknown;
  evaluate(source: string, given?: unknown): unknown;
  failure(source: string, given?: unknown): Failure;
}

/** An element of a class of the page's own. */
function customElement(): HTMLElement {
  if (!customElements.get("of-the-page")) customElements.define("of-the-page", class OfThePage extends HTMLElement {});
  return document.createElement("of-the-page");
}

inEveryIsolation("a registry, a window or a node", ({ isolation, use }) => {
  const refused = /^.* is an? \w+, which stays where it is; send .*data, or a function/;

  it("is given to no unit, as an argument or as the result of a function of the page's", () =>
    use<Sample>(code, async ({ exports }) => {
      for (const thing of [customElements, document.body, customElement(), navigator.serviceWorker, window]) {
        for (const error of [
          await rejection(exports.echo(thing)),
          await rejection(exports.echo({ list: [thing] })),
          await exports.failure("return given()", () => thing),
        ]) {
          expect(error).to.include({ name: "DataError", code: "not-cloneable" });
          expect(error.message).to.match(refused);
        }
      }
    }));

  it("is taken from no unit either", () =>
    use<Sample>(code, async ({ exports }) => {
      const sources: string[] = [];
      if (isolation !== "worker") sources.push("document.body", "customElements");
      if (isolation === "realm") sources.push("parent.customElements", "parent.document.querySelector('of-the-page')");
      const element = document.body.appendChild(customElement());
      for (const source of sources) {
        const error = await rejection(exports.evaluate(`return ${source}`));
        expect(error, source).to.include({ name: "DataError", code: "not-cloneable" });
        expect(error.message, source).to.match(refused);
      }
      element.remove();
    }));

  it("leaves a unit the elements of its own frame", () =>
    use<Sample>(code, async ({ exports }) => {
      if (isolation === "worker") return;
      const define = `class Own extends HTMLElement {}
        customElements.define("of-a-unit", Own);
        return document.createElement("of-a-unit") instanceof Own;`;
      expect(await exports.evaluate(define)).to.equal(true);
      expect(customElements.get("of-a-unit")).to.equal(undefined);
    }));
});
