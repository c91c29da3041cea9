import { fileURLToPath } from "node:url";
import { build } from "vite";

const documentId = "virtual:frame-document";
const guestFolder = fileURLToPath(new URL("../src/guest/", import.meta.url));

/** Bundles one guest entry into a classic script that can stand inside a <script> element. */
async function bundle(entry, plugins) {
  const result = await build({
    configFile: false,
    logLevel: "warn",
    plugins,
    build: {
      write: false,
      target: "es2022",
      lib: { entry: guestFolder + entry, formats: ["iife"], name: "leaseholdGuest" },
      // A function of a unit's may ask for its caller, and for the arguments of that, where the caller is not strict.
      rolldownOptions: { output: { strict: true } },
    },
  });
  const [{ output }] = [result].flat();
  const [chunk] = output;
  // An end tag inside a string literal would end the element that carries the script.
  return { code: chunk.code.replaceAll("</script", "<\\/script"), files: Object.keys(chunk.modules) };
}

/**
 * The document that every domain starts from: the guest as inert text, and the script that decides what becomes of it.
 * The same text is used as srcdoc and written to dist/frame.html.
 * @param {import("vite").Plugin[]} [plugins] that take part in making its scripts
 */
export async function frameDocument(plugins = []) {
  const [guest, frame] = await Promise.all(["main.ts", "frame-document.ts"].map((entry) => bundle(entry, plugins)));
  const html =
    `<!doctype html><meta charset="utf-8"><title>Leasehold domain</title>` +
    `<style>html{color-scheme:light dark}html,body,iframe{margin:0;border:0;padding:0;width:100%;height:100%;display:block;overflow:hidden;background:transparent}</style>` +
    `<script type="text/plain" id="guest">${guest.code}</script><script>${frame.code}</script>`;
  return { html, files: [...guest.files, ...frame.files] };
}

/**
 * Vite plugin: `import { frameDocument } from "virtual:frame-document"` gives that document as a string.
 * @param {typeof frameDocument} [make] where it comes from; a build that has it already need not make it again
 */
export function guestPlugin(make = frameDocument) {
  return {
    name: "leasehold-guest",
    resolveId: (id) => (id === documentId ? "\0" + documentId : undefined),
    async load(id) {
      if (id !== "\0" + documentId) return undefined;
      const { html, files } = await make();
      for (const file of files) if (!file.startsWith("\0")) this.addWatchFile(file);
      return `export const frameDocument = ${JSON.stringify(html)};`;
    },
  };
}
