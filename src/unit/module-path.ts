/** Whether `path` names a module inside a unit: relative, without "." or ".." segments. */
export function isModulePath(path: string): boolean {
  return path !== "" && path.split("/").every((segment) => segment !== "" && segment !== "." && segment !== "..");
}

/**
 * Resolves a relative specifier against the path of the module that contains it.
 * @returns the path inside the unit, or undefined for what is not relative or would leave the unit
 */
export function resolveModulePath(specifier: string, importer: string): string | undefined {
  if (!specifier.startsWith("./") && !specifier.startsWith("../")) return undefined;
  const segments = importer.split("/").slice(0, -1);
  for (const segment of specifier.split("/")) {
    if (segment === ".") continue;
    if (segment !== "..") segments.push(segment);
    else if (segments.pop() === undefined) return undefined;
  }
  const path = segments.join("/");
  return isModulePath(path) ? path : undefined;
}

/** The address that a unit's module has in stack traces, in the debugger and as its `import.meta.url`. */
export function moduleUrl(unit: { name: string; version: string }, path: string): string {
  return `unit:///${unit.name}@${unit.version}/${path}`;
}
