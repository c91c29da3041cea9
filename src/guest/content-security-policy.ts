/**
 * Adds a policy to this document. Policies only ever tighten, and one added by script binds from then on (in every engine,
 * which is what lets a frame be warm before it is known for whom).
 */
export function setContentSecurityPolicy(policy: string): void {
  const meta = document.createElement("meta");
  meta.httpEquiv = "Content-Security-Policy";
  meta.content = policy;
  document.head.append(meta);
}
