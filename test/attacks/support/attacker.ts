/** Where a try is made within a place: in the unit's own realm, or in one that the unit makes. */
export type Depth = "own" | "blank" | "srcdoc" | "nested";

/** What became of a try, as far as who tried can tell. */
export type Told = { value: boolean } | { threw: string } | { pending: true } | { lost: string };

export interface Attacker {
  attempt(depth: Depth, source: string, to: object): Promise<Told>;
}

/** The unit that makes the tries. It would be given away by nothing: it is as any other. */
export const attackerCode = `
  const late = (ms) => new Promise((resolve) => setTimeout(resolve, ms, { pending: true }));

  async function realmOf(depth) {
    if (depth === "own") return globalThis;
    const frame = document.createElement("iframe");
    if (depth === "srcdoc") frame.srcdoc = "<!doctype html><body>nested";
    const loaded = new Promise((resolve) => { frame.onload = resolve; });
    document.body.append(frame);
    await loaded;
    return frame.contentWindow;
  }

  const worker = "onmessage = async ({ data: [source, to] }) => {" +
    "try { postMessage({ value: Boolean(await (0, eval)(source)(to)) }); }" +
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
      const realm = await realmOf(depth);
      const value = realm.eval(source)(to);
      if (to.waits) return { value: Boolean(await value) };
      Promise.resolve(value).catch(() => {});
      return { value: false };
    } catch (error) {
      return { threw: String(error) };
    }
  }

  export const attempt = (depth, source, to) => Promise.race([tried(depth, source, to), late(1000)]);
`;

/** The text of a try as an expression. */
export function sourceOf(run: (to: never) => unknown): string {
  const text = String(run);
  return /^(async )?run\(/.test(text) ? `({ ${text} }).run` : `(${text})`;
}
