import { fileURLToPath } from "node:url";
import { build } from "vite";
import { guestPlugin } from "./guest-plugin.js";
import { leanAcornPlugin } from "./lean-acorn-plugin.js";

const root = fileURLToPath(new URL("..", import.meta.url));

/**
 * Bundles an entry, with everything that it imports, into one minified ES module, as a file of dist/ is.
 * @param {string} entry
 * @param {import("vite").Plugin[]} [plugins] what gives it the frame document, and changes it otherwise
 * @returns {Promise<{ code: string, map: object }>} the map is as for a file in dist/, and the code does not name it
 */
export async function bundleModule(entry, plugins = [guestPlugin()]) {
  const [{ output }] = await build({
    root,
    configFile: false,
    logLevel: "warn",
    plugins: [leanAcornPlugin(), ...plugins],
    build: {
      outDir: "dist",
      write: false,
      target: "es2022",
      minify: true,
      sourcemap: "hidden",
      lib: { entry, formats: ["es"] },
      // Vite leaves the white space of ES libraries alone, for the sake of annotations that a page has no use for.
      rolldownOptions: { output: { minify: true } },
    },
  });
  const [{ code, map }] = output;
  return { code, map };
}
