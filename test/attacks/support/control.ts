import { sourceOf, type Told } from "./attacker.js";
import type { Target, Vector } from "./vector.js";

type Realm = Window & { eval(text: string): (to: Target) => unknown };

const told = async (body: () => unknown): Promise<Told> => {
  const late = new Promise<Told>((resolve) => setTimeout(resolve, 15_000, { pending: true }));
  const tried = (async () => ({ value: Boolean(await body()) }))().catch((error: unknown) => ({
    threw: String(error),
  }));
  return Promise.race([tried, late]);
};

/**
 * Where tries are made with no containment at all, to see that they are any: plain frames and workers of the page's own
 * origin, two of them in one that stands for the page, and in a window of its own where a try is at the top one.
 */
export class Control {
  #stages: { remove(): void }[] = [];
  #shared: Promise<Realm> | undefined;

  async inFrame(vector: Vector, to: Target): Promise<Told> {
    const frame = await (vector.leaves ? this.#stage(vector.top) : (this.#shared ??= this.#stage()));
    return told(() => frame.eval(sourceOf(vector.run))(to));
  }

  inWorker(vector: Vector, to: Target): Promise<Told> {
    const text = `onmessage = async ({ data }) => {
      try { postMessage({ value: Boolean(await ${sourceOf(vector.run)}(data)) }); }
      catch (error) { postMessage({ threw: String(error) }); }
    };`;
    const url = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
    const worker = new Worker(url);
    this.#stages.push({
      remove() {
        worker.terminate();
        URL.revokeObjectURL(url);
      },
    });
    return told(
      () =>
        new Promise((resolve, reject) => {
          worker.onmessage = ({ data }: MessageEvent<{ value?: boolean; threw?: string }>) =>
            data.threw ? reject(data.threw) : resolve(data.value);
          worker.postMessage(to);
        }),
    );
  }

  remove(): void {
    this.#shared = undefined;
    for (const each of this.#stages.splice(0)) each.remove();
  }

  async #stage(isTop = false): Promise<Realm> {
    const page = isTop ? window.open("about:blank")! : await this.#frameIn(window);
    if (isTop) this.#stages.push({ remove: () => page.close() });
    await this.#frameIn(page, "sibling");
    return this.#frameIn(page);
  }

  async #frameIn(page: Window, name = ""): Promise<Realm> {
    const frame = page.document.createElement("iframe");
    frame.name = name;
    frame.src = `/test/attacks/support/control.html?${name}`; // WebKit loads no third srcdoc frame inside two
    const loaded = new Promise((resolve) => (frame.onload = resolve));
    page.document.body.append(frame);
    if (page === window) this.#stages.push(frame);
    await loaded;
    await new Promise((resolve) => setTimeout(resolve, 0)); // steps that are made before that replace the first one
    return frame.contentWindow as Realm;
  }
}
