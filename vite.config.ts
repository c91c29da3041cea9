import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin } from "vite";
import { guestPlugin } from "./scripts/guest-plugin.js";
import { leanAcornPlugin } from "./scripts/lean-acorn-plugin.js";
import { rawUnitsPlugin } from "./scripts/raw-units-plugin.js";

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Serves and builds the workbench and the examples; the library's own files are built by scripts/build.js with the same plugins. */
export default defineConfig({
  base: "./",
  plugins: [guestPlugin() as Plugin, leanAcornPlugin() as Plugin, rawUnitsPlugin() as Plugin],
  resolve: { alias: { leasehold: at("src/index.ts") } },
  build: {
    outDir: "dist/workbench",
    target: "es2022",
    rolldownOptions: { input: [at("index.html"), at("examples/rules/index.html")] },
  },
});
