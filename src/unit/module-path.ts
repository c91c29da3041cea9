/** Whether `path` names a file inside a unit: relative, well-formed, without empty, "." or ".." segments. */
export function isModulePath(path: string): boolean {
  return !/\p{Surrogate}/u.test(path) && path.split("/").every((segment) => !["", ".", ".."].includes(segment));
}

/**
 * Resolves a relative specifier against the path of the module that contains it. A specifier is part of an address,
 * where "%20" stands for a space; a path is a file's name.
 * @returns the path inside the unit, or undefined for what is not relative or would leave the unit
 */
export function resolveModulePath(specifier: string, importer: string): string | undefined {
  if (!/^\.\.?\//.test(specifier)) return undefined;
  const segments = importer.split("/").slice(0, -1);
  for (const segment of decode(specifier).split("/")) {
    if (segment === ".") continue;
    if (segment !== "..") segments.push(segment);
    else if (segments.pop() === undefined) return undefined;
  }
  const path = segments.join("/");
  return isModulePath(path) ? path : undefined;
}

/** The path that a part of an address stands for. */
export function decode(part: string): string {
  try {
    return decodeURI(part);
  } catch {
    return part;
  }
}

/** What the addresses of a unit's modules start with, in stack traces, in the debugger and as `import.meta.url`. */
export function baseOf(unit: { name: string; version: string }): string {
  return `unit:///${unit.name}@${unit.version}/`;
}
