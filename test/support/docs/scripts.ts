/** npm's own commands that a text may name. */
const own = ["ci", "install", "pack"];

/** The package's scripts that a text tells to run. */
export const scriptsIn = (text: string): string[] =>
  [...text.matchAll(/(?:^|`|&& )npm (?:run )?([\w:]+)/gm)]
    .map(([, name]) => name as string)
    .filter((name) => !own.includes(name));

/** The package's scripts, by name. */
export async function scripts(): Promise<Record<string, string>> {
  const description = (await (await fetch("/package.json")).json()) as { scripts: Record<string, string> };
  return description.scripts;
}
