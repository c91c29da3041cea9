/** The part of Trusted Types that is used; TypeScript's own library has none of it. */
interface TrustedTypes {
  createPolicy(
    name: string,
    rules: Record<"createHTML" | "createScript" | "createScriptURL", (text: string) => string>,
  ): Record<"createHTML" | "createScript" | "createScriptURL", (text: string) => string>;
}

function policy() {
  const keep = (text: string): string => text;
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  try {
    return trustedTypes?.createPolicy("leasehold", { createHTML: keep, createScript: keep, createScriptURL: keep });
  } catch {
    // A page that neither enforces Trusted Types nor allows the policy gets along without.
    return undefined;
  }
}

const made = policy();

/** Vouches for the library's own markup and scripts on pages that enforce Trusted Types (policy "leasehold"). */
export const trusted = {
  html: (text: string): string => made?.createHTML(text) ?? text,
  script: (text: string): string => made?.createScript(text) ?? text,
  scriptUrl: (text: string): string => made?.createScriptURL(text) ?? text,
};
