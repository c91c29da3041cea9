import { expect } from "chai";
import * as leasehold from "leasehold";
import * as remoting from "leasehold/remoting";
import * as services from "leasehold/services";

/** What the code of an example sees, by name. */
export type Scope = Record<string, unknown>;

const imports = /^import \{([^}]+)\} from "(leasehold(?:\/\w+)?)";\n/gm;
const wholeImports = /^import \* as \w+ from ".+";\n/gm;
const entries: Record<string, object> = { leasehold, "leasehold/remoting": remoting, "leasehold/services": services };
/** A `console.log` that is shown to hold: what it is of, without another one in it, and the comment. */
const claims = /console\.log\(((?:(?!console\.log)[^])*?)\); \/\/ (.+)$/gm;
/** Each example is the body of an asynchronous function. */
const AsyncFunction = (async () => {}).constructor as new (...text: string[]) => (...scope: unknown[]) => Promise<void>;

/** The code with each `console.log` that has a comment behind it made a call of `show` with both. */
export const withClaims = (code: string): string => code.replace(claims, "show($1, $2);");

/** How many of its `console.log` say what they show. */
export const claimsIn = (code: string): number => [...code.matchAll(claims)].length;

/** Whether the code needs `using`, and this engine does not know that. */
export function needsUsing(code: string): boolean {
  if (!/^\s*using \w+ =/m.test(code)) return false;
  try {
    return !new AsyncFunction("using nothing = null;");
  } catch {
    return true;
  }
}

/** Runs an example; what stands behind a `console.log` is what that has to show. */
export async function runExample(code: string, scope: Scope): Promise<void> {
  const show = (value: unknown, expected: unknown): unknown => expect(value).to.deep.equal(expected);
  const all: Scope = { ...leasehold, ...scope, show };
  const body = withClaims(code)
    .replace(wholeImports, "")
    .replace(imports, (_all, names: string, entry: string) => {
      for (const name of names.split(",").map((text) => text.trim())) {
        expect(entries[entry], `what ${entry} exports`).to.have.property(name);
        all[name] = (entries[entry] as Scope)[name];
      }
      return "";
    });
  await new AsyncFunction(...Object.keys(all), `"use strict";\n{\n${body}\n}`)(...Object.values(all));
}
