import { LeaseholdError } from "../errors.js";
import { fetchText, type FetchOptions, type FetchPurpose } from "./fetch-text.js";
import { decode, isModulePath } from "./module-path.js";
import { isPackage, openCode, openPackage, parseJson, type OpenedUnit } from "./open-given.js";
import { parseManifest } from "./parse-manifest.js";
import { SourceBudget } from "./source-budget.js";

/** Opens the unit at an address: that of a manifest, of a packed unit, or of a single module. */
export async function openUrl(source: string | URL, fetching: FetchOptions): Promise<OpenedUnit> {
  if (!URL.canParse(source, document.baseURI)) {
    const message = `"${String(source)}" is not an address that a unit can be fetched from.`;
    throw new LeaseholdError("LoadError", "source-unknown", message);
  }
  const address = new URL(source, document.baseURI);
  const guess = nameFor(fileOf(address));
  const { text, type, url } = await fetchText(address, { unit: guess, wantedBy: "load()" }, fetching);

  if (fileOf(address).endsWith(".json") || /\bjson$/.test(type)) {
    const data = parseJson(text, url.href, guess);
    // Its text was counted as it came.
    if (isPackage(data)) return openPackage(data, url.href, new SourceBudget());
    const manifest = parseManifest(data, url.href);
    return {
      manifest,
      modules: {},
      readModule: (path, wantedBy) => fetchModule(path, url, { unit: manifest.name, wantedBy }, fetching),
    };
  }
  refusePage(type, url, { unit: guess, wantedBy: "load()" });
  const entry = fileOf(url);
  const unit = openCode(text, { name: guess, entry: isModulePath(entry) ? entry : "index.js" }, url.href);
  return {
    ...unit,
    readModule: (path, wantedBy) => fetchModule(path, url, { unit: unit.manifest.name, wantedBy }, fetching),
  };
}

async function fetchModule(path: string, base: URL, purpose: FetchPurpose, fetching: FetchOptions): Promise<string> {
  const relative = `./${encodeURI(path)}`;
  if (!URL.canParse(relative, base)) {
    const message = `${purpose.unit} wants ${path} (${purpose.wantedBy} does), but nothing lies beside ${base.protocol} addresses.`;
    throw new LeaseholdError("LoadError", "module-not-found", message, { unit: purpose.unit });
  }
  const { text, type, url } = await fetchText(new URL(relative, base), purpose, fetching);
  refusePage(type, url, purpose);
  return text;
}

/** Many servers answer an unknown address with their start page, and with status 200. */
function refusePage(type: string, url: URL, { unit, wantedBy }: FetchPurpose): void {
  if (type !== "text/html") return;
  const message = `${unit}: ${url.href}, wanted by ${wantedBy}, is a page (text/html), not a module. Check the address.`;
  throw new LeaseholdError("LoadError", "not-a-module", message, { unit });
}

/** The name of the file at an address; "" where addresses of that kind have no files, as data: and blob:. */
function fileOf(url: URL): string {
  return URL.canParse("./", url) ? decode(url.pathname.split("/").at(-1) ?? "") : "";
}

/** A package name made of a file's: "Word Count.min.js" → "word-count.min". */
function nameFor(file: string): string {
  const name = file.replace(/\.\w+$/, "").toLowerCase();
  return name.replace(/[^a-z0-9._~-]+/g, "-").replace(/^[._]+/, "") || "anonymous";
}
