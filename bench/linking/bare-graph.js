import { nextMessage, openBareDomain } from "../domains/bare.js";

/** In the bare worker: makes a Blob URL of each module, behind those that it imports, and imports the last. */
const importAll = `
  const urls = [];
  for (const parts of data) {
    const text = parts.map((part) => (typeof part === "number" ? urls[part] : part)).join("");
    urls.push(URL.createObjectURL(new Blob([text], { type: "text/javascript" })));
  }
  const unit = await import(urls.at(-1));
  for (const url of urls) URL.revokeObjectURL(url);
  port.postMessage(unit.total());
`;

/**
 * Milliseconds from handing the modules of a graph to a waiting worker to the first result, with nothing of a library: which module
 * imports which is worked out before.
 * @param {{ linked: import("./graph.js").Unit[], total: number }} graph
 */
export async function loadBare({ linked, total }) {
  const modules = flatten(linked);
  const domain = await openBareDomain("worker", `port.onmessage = async ({ data }) => {${importAll}};`);
  const start = performance.now();
  domain.port.postMessage(modules);
  const result = await nextMessage(domain.port);
  const took = performance.now() - start;
  domain.close();
  if (result !== total) throw new Error(`The bare worker answered ${result}`);
  return took;
}

/** Each module as text with, in the place of specifiers, the numbers of the modules that they lead to. */
function flatten(linked) {
  const numbers = new Map();
  const modules = [];
  for (const { manifest, modules: own } of linked) {
    for (const path of ["own.js", "index.js"]) {
      const parts = own[path].split(/(?<=from ")([^"]+)(?=")/);
      const numberOf = (specifier) =>
        numbers.get(specifier === "./own.js" ? `${manifest.name}/own.js` : `${specifier}/index.js`);
      modules.push(parts.map((part, index) => (index % 2 === 1 ? numberOf(part) : part)));
      numbers.set(`${manifest.name}/${path}`, modules.length - 1);
    }
  }
  return modules;
}
