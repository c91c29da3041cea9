import { existsSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import type { Plugin, Rolldown } from "vite";
import { LeaseholdError } from "../errors.js";
import { UNIT_MODULE } from "../unit-module.js";
import { digest, entryOf, parseManifest, type UnitManifest } from "../unit/index.js";
import { modulesOf, unresolved } from "./modules-of.js";
import { readSourceManifest } from "./read-source-manifest.js";

export interface UnitOptions {
  /** The manifest's file, from Vite's root. Default "unit.json". */
  manifest?: string;
  /** The entry's file, from Vite's root. Default: the manifest's `entry`, as TypeScript or JavaScript: "index.ts". */
  entry?: string;
  /** What the manifest is to say beside what its file says, or in place of it: the version of a package, for instance. */
  override?: Partial<UnitManifest>;
}

const sourceEndings = [".ts", ".tsx", ".mts", ".js", ".jsx", ".mjs"];

/**
 * A plugin for the build of a unit: `vite build` makes of its sources a folder of minified modules that are complete in
 * themselves, and the manifest that goes with them, with a digest of each. What the unit gets where it runs stays outside:
 * `leasehold/unit`, and the units in `requires`.
 */
export function unit(options: UnitOptions = {}): Plugin {
  let root: string;
  let manifest: UnitManifest;
  const manifestFile = (): string => resolve(root, options.manifest ?? "unit.json");
  const isProvided = (specifier: string): boolean =>
    specifier === UNIT_MODULE ||
    Object.keys(manifest.requires ?? {}).some((name) => specifier === name || specifier.startsWith(`${name}/`));

  return {
    name: "leasehold-unit",
    apply: "build",

    async config(config, { mode }) {
      root = resolve(config.root ?? ".");
      manifest = await readSourceManifest(manifestFile(), options.override);
      return {
        publicDir: false,
        define: { "process.env.NODE_ENV": JSON.stringify(mode) },
        build: {
          target: config.build?.target ?? "es2022",
          // A library, so that Vite adds no preloading of its own, which needs a document, to dynamic imports.
          lib: {
            entry: sourceEntry(root, manifest, options.entry),
            formats: ["es"],
            fileName: () => entryOf(manifest),
            cssFileName: "style",
          },
          rolldownOptions: {
            output: {
              chunkFileNames: "[name].js",
              // Vite leaves the white space of ES libraries alone, for the sake of annotations that a domain has no use for.
              minify: config.build?.minify !== false,
              comments: { legal: true, annotation: false, jsdoc: false }, // Licences of packages ask for their notices.
            },
          },
        },
      };
    },

    async buildStart() {
      this.addWatchFile(manifestFile());
      manifest = await readSourceManifest(manifestFile(), options.override);
    },

    resolveId: {
      order: "pre",
      async handler(source, importer, how) {
        if (isProvided(source)) return { id: source, external: true };
        if (!/^[\w@]/.test(source) || !importer) return undefined;
        const found = await this.resolve(source, importer, { ...how, skipSelf: true });
        if (!found) throw unresolved(source, relative(root, importer), manifest.name);
        return found;
      },
    },

    generateBundle: {
      order: "post",
      async handler(_options, bundle) {
        const modules = modulesOf(bundle, manifest.name, isProvided);
        const source = `${JSON.stringify(await signed(manifest, modules), null, 2)}\n`;
        this.emitFile({ type: "asset", fileName: "unit.json", source } satisfies Rolldown.EmittedAsset);
      },
    },
  };
}

async function signed(manifest: UnitManifest, modules: Record<string, string>): Promise<UnitManifest> {
  const digests = Object.keys(modules)
    .sort()
    .map(async (path) => [path, await digest(modules[path] as string)] as const);
  const integrity = Object.fromEntries(await Promise.all(digests));
  return parseManifest({ ...manifest, integrity }, "as it was built");
}

function sourceEntry(root: string, manifest: UnitManifest, entry: string | undefined): string {
  const path = entryOf(manifest).replace(/\.[cm]?js$/, "");
  const files = entry === undefined ? sourceEndings.map((ending) => path + ending) : [entry];
  const found = files.map((file) => join(root, file)).find((file) => existsSync(file));
  if (found) return found;
  const message = `${manifest.name} has no entry: ${files.join(", ")} in ${root}. Say where it is by unit({ entry }).`;
  throw new LeaseholdError("LoadError", "module-not-found", message, { unit: manifest.name });
}
