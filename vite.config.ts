import { defineConfig, type Plugin } from "vite";
import { guestPlugin } from "./scripts/guest-plugin.js";
import { rawUnitsPlugin } from "./scripts/raw-units-plugin.js";

/** Serves and builds the workbench; the library's own files are built by scripts/build.js with the same plugin. */
export default defineConfig({
  base: "./",
  plugins: [guestPlugin() as Plugin, rawUnitsPlugin() as Plugin],
  build: { outDir: "dist/workbench", target: "es2022" },
});
