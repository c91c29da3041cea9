/** The part of Trusted Types that is used; TypeScript's own library has none of it. */
interface TrustedTypes {
  createPolicy(
    name: string,
    rules: Record<"createHTML" | "createScript" | "createScriptURL", (text: string) => string>,
  ): Record<"createHTML" | "createScript" | "createScriptURL", (text: string) => string>;
}

type Policy = ReturnType<TrustedTypes["createPolicy"]>;

function create(): Policy | undefined {
  const keep = (text: string): string => text;
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  try {
    return trustedTypes?.createPolicy("leasehold", { createHTML: keep, createScript: keep, createScriptURL: keep });
  } catch {
    // A page that neither enforces Trusted Types nor allows the policy gets along without.
    return undefined;
  }
}

let made: { policy: Policy | undefined } | undefined;
const policy = (): Policy | undefined => (made ??= { policy: create() }).policy;

/**
 * Vouches for the library's own markup and scripts on pages that enforce Trusted Types (policy "leasehold"). The policy is made
 * when first there is something to vouch for: a page that serves the frame document need not allow any.
 */
export const trusted = {
  /** Makes the policy now, so that nobody else in here can have it. */
  claim: (): void => void policy(),
  html: (text: string): string => policy()?.createHTML(text) ?? text,
  script: (text: string): string => policy()?.createScript(text) ?? text,
  scriptUrl: (text: string): string => policy()?.createScriptURL(text) ?? text,
};
