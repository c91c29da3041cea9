/** Where a try is made within a place: in the unit's own realm, or in one that the unit makes; of those only a worker runs anything. */
export type Depth = "own" | "blank" | "srcdoc" | "nested";

/** What became of a try, as far as who tried can tell. */
export type Told = { value: boolean } | { threw: string } | { pending: true } | { lost: string };

export interface Attacker {
  attempt(depth: Depth, source: string, to: object): Promise<Told>;
}

/** The unit that makes the tries. It would be given away by nothing: it is as any other. */
export const attackerCode = `
  const late = (ms) => new Promise((resolve) => setTimeout(resolve, ms, { pending: true }));

  const realms = {
    own: () => globalThis,
    blank: () => document.body.appendChild(document.createElement("iframe")).contentWindow,
  };

  // What is nested has an opaque origin of its own, so its code would have to come with it.
  function inSrcdoc(source, to) {
    const code = "(async () => { const tell = (told) => parent.postMessage({ id: " + JSON.stringify(to.id) + ", told }, '*');" +
      "try { tell({ value: Boolean(await (" + source + ")(" + JSON.stringify(to) + ")) }); }" +
      "catch (error) { tell({ threw: String(error) }); } })()";
    const url = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
    const frame = document.createElement("iframe");
    frame.srcdoc = "<!doctype html><body><script src='" + url + "'></script><script>" + code.replaceAll("</", "<\\\\/") + "</script>";
    document.body.append(frame);
    if (!to.waits) return { value: false };
    return new Promise((resolve) => addEventListener("message", ({ data }) => data.id === to.id && resolve(data.told)));
  }

  const worker = "onmessage = async ({ data: [source, to] }) => {" +
    "try { const late = new Promise((resolve) => setTimeout(resolve, to.waits ? 1000 : 0));" +
    "postMessage({ value: Boolean(await Promise.race([(0, eval)(source)(to), late])) && to.waits }); }" +
    "catch (error) { postMessage({ threw: String(error) }); } }";

  const inNestedWorker = (source, to) => new Promise((resolve, reject) => {
    const made = new Worker(URL.createObjectURL(new Blob([worker], { type: "text/javascript" })));
    made.onmessage = ({ data }) => resolve(data);
    made.onerror = ({ message }) => reject(new Error(message));
    made.postMessage([source, to]);
  });

  async function tried(depth, source, to) {
    try {
      if (depth === "nested") return await inNestedWorker(source, to);
      if (depth === "srcdoc") return await inSrcdoc(source, to);
      const value = realms[depth]().eval(source)(to);
      if (to.waits) return { value: Boolean(await value) };
      Promise.resolve(value).catch(() => {});
      return { value: false };
    } catch (error) {
      return { threw: String(error) };
    }
  }

  // A worker says that it has made its try, and takes a while to start where many do.
  export const attempt = (depth, source, to) =>
    Promise.race([tried(depth, source, to), late(depth === "nested" ? 15_000 : 3000)]);
`;

/** The text of a try as an expression. */
export function sourceOf(run: (to: never) => unknown): string {
  const text = String(run);
  return /^(async )?run\(/.test(text) ? `({ ${text} }).run` : `(${text})`;
}
