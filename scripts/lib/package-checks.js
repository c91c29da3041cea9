import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { problemAffectsResolutionKind, problemKindInfo } from "@arethetypeswrong/core/problems";
import { init, parse } from "es-module-lexer";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { consumerFaults } from "./consumer-faults.js";

/** What the package may hold; documents, but not their pictures. */
const expected =
  /^(LICENSE|README\.md|package\.json|docs\/[\w-]+\.md|dist\/\w+\.(html|js|js\.map)|dist\/types\/.+\.d\.ts)$/;
const unexpected = /^dist\/types\/(test|bench|examples|components\/workbench)\//;

/** What a module may import, by its file; every other imports nothing. */
const mayImport = { "vite.js": (specifier) => specifier.startsWith("node:") || specifier === "vite" };

/** How a module imports that nobody requires: the profile "esm-only" of the tool's own command. */
const resolutionKinds = ["node16-esm", "bundler"];

const read = (...file) => readFileSync(path.join(...file), "utf8");
const modulesIn = (installed) => readdirSync(path.join(installed, "dist")).filter((name) => name.endsWith(".js"));

/**
 * What has to be right with the packed project.
 * @typedef {{ tarball: string, installed: string }} Packed
 * @type {{ says: string, check(packed: Packed): Promise<string[]>, advice: string }[]}
 */
export const packageChecks = [
  {
    says: "publint finds nothing, suggestions included",
    async check({ tarball }) {
      const { messages, pkg } = await publint({ pack: { tarball: bytesOf(tarball).buffer }, strict: true });
      return messages.map((message) => formatMessage(message, pkg, { color: false }) ?? message.code);
    },
    advice: "Mend package.json; https://publint.dev/rules explains each.",
  },
  {
    says: "types resolve for who imports, by Node's rules and by bundlers'",
    async check({ tarball }) {
      const packed = createPackageFromTarballData(bytesOf(tarball));
      const analysis = await checkPackage(packed, { excludeEntrypoints: [/\.html$/] });
      if (!analysis.types) return ["There are no types."];
      const problems = analysis.problems.filter((problem) =>
        resolutionKinds.some((kind) => problemAffectsResolutionKind(problem, kind, analysis)),
      );
      return problems.map((problem) => {
        const { kind, entrypoint, fileName, moduleSpecifier } = problem;
        const where = [entrypoint, fileName, moduleSpecifier].filter(Boolean).join(" › ");
        return `${where}: ${problemKindInfo[kind].shortDescription}`;
      });
    },
    advice: 'Mend "exports" of package.json, or what scripts/build.js writes to dist/types.',
  },
  {
    says: "types compile in a page's project that has nothing but the package",
    check: async ({ installed }) => consumerFaults(installed),
    advice:
      "A declaration names a package that its user has not got: keep it out of what is exported (an annotation, a file of its own), " +
      'or, where it is meant to be seen, name it in "dependencies".',
  },
  {
    says: "every file that is exported is there",
    async check({ installed }) {
      const { exports } = JSON.parse(read(installed, "package.json"));
      const files = Object.values(exports).flatMap((target) =>
        typeof target === "string" ? target : Object.values(target),
      );
      return files.filter((file) => !existsSync(path.join(installed, file)));
    },
    advice: "Run `npm run build`; if they are still missing, package.json and scripts/build.js differ in names.",
  },
  {
    says: "every module is complete in itself",
    async check({ installed }) {
      await init;
      return modulesIn(installed).flatMap((name) => {
        const [imports] = parse(read(installed, "dist", name));
        const specifiers = imports
          .map(({ specifier }) => specifier)
          .filter((specifier) => typeof specifier === "string");
        const outside = specifiers.filter((specifier) => !mayImport[name]?.(specifier));
        return outside.map((specifier) => `dist/${name} imports "${specifier}"`);
      });
    },
    advice: "A static page resolves no names: see which option of scripts/build.js leaves it outside.",
  },
  {
    says: "every module has its source map",
    async check({ installed }) {
      return modulesIn(installed)
        .filter((name) => {
          const map = path.join(installed, "dist", `${name}.map`);
          return (
            !read(installed, "dist", name).trimEnd().endsWith(`//# sourceMappingURL=${name}.map`) || !existsSync(map)
          );
        })
        .map((name) => `dist/${name}`);
    },
    advice: "Set `sourcemap` in scripts/build.js.",
  },
  {
    says: "nothing else is in the package",
    async check({ installed }) {
      const entries = readdirSync(installed, { recursive: true, withFileTypes: true }).filter((entry) =>
        entry.isFile(),
      );
      const files = entries.map((entry) => path.relative(installed, path.join(entry.parentPath, entry.name)));
      return files
        .map((file) => file.split(path.sep).join("/"))
        .filter((file) => !expected.test(file) || unexpected.test(file));
    },
    advice: 'Leave it out by "files" of package.json, or say in scripts/lib/package-checks.js that it belongs there.',
  },
];

/** In memory of its own: Node reads small files into a part of a buffer that others use, too. */
function bytesOf(file) {
  return new Uint8Array(readFileSync(file));
}
