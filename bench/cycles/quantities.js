/**
 * One of the things that are counted.
 * @typedef {object} Quantity
 * @property {string} title
 * @property {"page" | "frames" | "all" | "host"} by who counts it: the engine in the page's process or in the one of its
 *   sandboxed frames, the browser in all processes, or the host itself
 * @property {string} name under which a record has it
 * @property {boolean} [isHeap] it is in bytes, and the one thing that may grow
 */

const inProcess = {
  heap: "heap",
  documents: "documents",
  frames: "frames",
  realms: "JavaScript realms",
  workers: "workers",
  listeners: "event listeners",
  nodes: "DOM nodes",
};

const by = (who, titles) => Object.entries(titles).map(([name, title]) => ({ by: who, name, title }));

/** @type {Quantity[]} all of them, in the order in which people read them */
const quantities = [
  ...by("page", {
    heap: "heap",
    code: "of it compiled code",
    text: "of it text",
    objects: "of it all else",
    ...inProcess,
    ports: "message ports",
  }),
  ...by("frames", inProcess),
  ...by("all", { blobs: "Blobs" }),
  // `warm` is left out: how many domains wait is the pool's size, and a record is made when it is full.
  ...by("host", {
    units: "units",
    frames: "frames",
    workers: "workers",
    urls: "URLs",
    ports: "ports",
    leases: "leases",
  }),
].map((quantity) => ({ ...quantity, isHeap: ["heap", "code", "text", "objects"].includes(quantity.name) }));

/**
 * What was counted in a run; a realm has no frames in a process of their own.
 * @param {object} record one of the run's
 */
export const quantitiesIn = (record) => quantities.filter((quantity) => record[quantity.by]);

/** @param {object} record @param {Quantity} quantity */
export const valueOf = (record, quantity) => record[quantity.by][quantity.name];
