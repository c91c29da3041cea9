/**
 * Syntax highlighting, with highlight.js and the languages of its common build.
 *
 * The grammars are four modules, each loaded when a language in it is first wanted: colouring one JSON file does not pay
 * for C++.
 */
import highlighter from "highlight.js/lib/core";
import dark from "highlight.js/styles/github-dark.css?inline";
import light from "highlight.js/styles/github.css?inline";
import { type GroupName, groupNames, groupOf, groups, load } from "./groups.js";

export interface Highlighted {
  /** The code as HTML: `<span class="hljs-…">`, everything else escaped. */
  html: string;
  /** The language it was read as. */
  language: string;
  /** How much the code looks like that language; only comparable between languages of one text. */
  relevance: number;
}

const loaded = new Map<GroupName, Promise<void>>();

/** Colours `code` as `language`, a name or an alias such as "ts"; without one, as the language it looks most like. */
export async function highlight(code: string, language?: string): Promise<Highlighted> {
  const group = language && groupOf(language);
  await Promise.all(group ? [ensure(group)] : groupNames.map(ensure));
  if (language && !highlighter.getLanguage(language)) {
    throw new RangeError(`No language is called "${language}"; languages() lists those there are.`);
  }
  const result = language ? highlighter.highlight(code, { language }) : highlighter.highlightAuto(code);
  return { html: result.value, language: result.language ?? "plaintext", relevance: result.relevance };
}

/** The names of all languages, loaded or not, in alphabetical order. */
export function languages(): string[] {
  return groupNames.flatMap((name) => [...groups[name]]).sort();
}

/** A style sheet for the classes in the HTML; put `class="hljs"` on the element around it. */
export function theme(name: "light" | "dark"): string {
  return name === "dark" ? dark : light;
}

function ensure(group: GroupName): Promise<void> {
  let pending = loaded.get(group);
  if (!pending) {
    pending = load(group).then((grammars) => {
      for (const [name, grammar] of Object.entries(grammars)) highlighter.registerLanguage(name, grammar);
    });
    loaded.set(group, pending);
  }
  return pending;
}
