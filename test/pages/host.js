/**
 * A page of its own, served with whatever headers a test asks for, that hosts units. It hands the library it imported and
 * what its policies refused to the test, which is the page around it.
 */
import { createHost } from "/dist/leasehold.js";

const violations = [];
addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI, sample }) =>
  violations.push(`${violatedDirective} blocked ${blockedURI} ${sample}`),
);
addEventListener("unhandledrejection", ({ reason }) => violations.push(`unhandled: ${reason}`));
addEventListener("error", ({ message }) => violations.push(`uncaught: ${message}`));

globalThis.page = { createHost, violations };
