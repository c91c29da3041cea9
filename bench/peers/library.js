/**
 * A package for both sides of the boundary, bundled by the bench server.
 * @param {string} name
 * @returns {Promise<{ module: object, code: string }>} a module for the page; for a domain, which loads nothing, the
 *   text of a classic script that declares `library`
 */
export async function library(name) {
  const [module, response] = await Promise.all([
    import(`/libraries/${name}.es.js`),
    fetch(`/libraries/${name}.iife.js`),
  ]);
  return { module, code: await response.text() };
}
