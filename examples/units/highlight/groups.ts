import type { LanguageFn } from "highlight.js";

/** Which languages are found together. Those that nest in one another share a group: CSS in HTML, HTML in Markdown. */
export const groups = {
  web: ["css", "graphql", "javascript", "json", "less", "markdown", "php", "php-template", "scss", "typescript", "xml"],
  systems: ["c", "cpp", "csharp", "go", "java", "kotlin", "makefile", "objectivec", "rust", "swift", "vbnet", "wasm"],
  scripting: ["bash", "lua", "perl", "python", "python-repl", "r", "ruby", "shell", "yaml"],
  data: ["diff", "ini", "plaintext", "sql"],
} as const;

export type GroupName = keyof typeof groups;
export const groupNames = Object.keys(groups) as GroupName[];

/** The group that a language's own name is in; undefined for an alias, which only the loaded grammars know. */
export function groupOf(language: string): GroupName | undefined {
  return groupNames.find((name) => (groups[name] as readonly string[]).includes(language.toLowerCase()));
}

/** Fetches a group's grammars, by language name. */
export async function load(group: GroupName): Promise<Record<string, LanguageFn>> {
  // One literal import() for each, because a linker can only find those it can read.
  switch (group) {
    case "web":
      return (await import("./web.js")).default;
    case "systems":
      return (await import("./systems.js")).default;
    case "scripting":
      return (await import("./scripting.js")).default;
    case "data":
      return (await import("./data.js")).default;
  }
}
