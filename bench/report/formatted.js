import { format, resolveConfig } from "prettier";

/**
 * A generated page as the repository's own formatting has it.
 * @param {string} markdown
 * @param {URL} page
 */
export async function formatted(markdown, page) {
  return format(markdown, { ...(await resolveConfig(page)), parser: "markdown" });
}
