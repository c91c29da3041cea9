import type { Host, Isolation } from "leasehold";

/** Path → text; the entry is index.js, and every relative specifier begins with "./ or './. */
export type Modules = Record<string, string>;

/** What a program shows of itself: what each call of an export of its entry returned or threw, or why it did not start. */
export type Outcome = unknown[];

type Exports = Record<string, (...args: unknown[]) => unknown>;

/** The language's own answer: the engine links the modules itself, by an import map, in a frame of their own. */
export async function natively(modules: Modules, calls: string[]): Promise<Outcome> {
  const urls = Object.entries(modules).map(([path, text]) => {
    const type = path.endsWith(".json") ? "application/json" : "text/javascript";
    // A module with a Blob URL has no relative addresses, but may import by names from the map.
    return [`#/${path}`, URL.createObjectURL(new Blob([text.replaceAll(/(["'`])\.\//g, "$1#/")], { type }))] as const;
  });
  const frame = document.createElement("iframe");
  frame.srcdoc = `<script type="importmap">${JSON.stringify({ imports: Object.fromEntries(urls) })}</script>`;
  const loaded = new Promise((resolve) => frame.addEventListener("load", resolve));
  document.body.append(frame);
  try {
    await loaded;
    const { eval: run } = frame.contentWindow as unknown as { eval(code: string): Promise<Exports> };
    return await outcome(() => run(`import("#/index.js")`), calls);
  } finally {
    frame.remove();
    for (const [, url] of urls) URL.revokeObjectURL(url);
  }
}

/** The same by this library. */
export async function throughLeasehold(
  host: Host,
  isolation: Isolation,
  modules: Modules,
  calls: string[],
): Promise<Outcome> {
  const manifest = { name: "sample", version: "1.0.0" };
  const loading = host.load<Exports>({ manifest, modules }, { isolation });
  const result = await outcome(async () => ({ ...bindCalls((await loading).exports, calls) }), calls);
  await (await loading.catch(() => undefined))?.unload();
  return result;
}

function bindCalls(exports: object, calls: string[]): Exports {
  return Object.fromEntries(calls.map((name) => [name, () => (exports as Exports)[name]!()]));
}

async function outcome(start: () => Promise<Exports>, calls: string[]): Promise<Outcome> {
  try {
    const exports = await start();
    const results: Outcome = [];
    for (const name of calls) results.push(await attempt(() => exports[name]!()));
    return results;
  } catch (error) {
    return [`did not start: ${(error as Error).cause ? String((error as Error).cause) : String(error)}`];
  }
}

async function attempt(call: () => unknown): Promise<unknown> {
  try {
    return structuredClone(await call());
  } catch (error) {
    return { threw: String(error) };
  }
}
