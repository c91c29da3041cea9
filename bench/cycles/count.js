import puppeteer from "puppeteer-core";
import { engineMetrics } from "../../scripts/lib/engine-metrics.js";

/** Path of a sandboxed document that never goes, so that the process of such frames stays, and can be asked. */
const anchor = "/bench/cycles/anchor.html";

/** Seconds that a target may take to show itself. */
const patience = 10;

/**
 * What is there, as seen from outside: by the engine in each process, and by the browser. Puppeteer is connected for as long as
 * this takes and no longer.
 * @param {string} browserWSEndpoint
 * @param {string} isolation
 */
export async function count(browserWSEndpoint, isolation) {
  const browser = await puppeteer.connect({ browserWSEndpoint, defaultViewport: null });
  const sessionOf = async (pathname) => {
    const isWanted = (target) => URL.canParse(target.url()) && new URL(target.url()).pathname === pathname;
    return (await browser.waitForTarget(isWanted, { timeout: patience * 1000 })).createCDPSession();
  };
  try {
    const page = await sessionOf("/bench/cycles/page.html");
    const frames = isolation === "realm" ? undefined : await inProcess(await sessionOf(anchor));
    return {
      page: { ...(await inProcess(page)), ...(await heapByType(page)), ports: await instances(page, "MessagePort") },
      frames,
      all: { blobs: await blobs(browser) },
    };
  } finally {
    await browser.disconnect();
  }
}

async function inProcess(session) {
  const metrics = await engineMetrics(session);
  return {
    heap: metrics.JSHeapUsedSize,
    documents: metrics.Documents,
    frames: metrics.Frames,
    realms: metrics.V8PerContextDatas,
    workers: metrics.WorkerGlobalScopes,
    listeners: metrics.JSEventListeners,
    nodes: metrics.Nodes,
  };
}

/** Objects of one of the page's own classes that its heap holds, after one more collection. */
async function instances(session, name) {
  const { result: prototype } = await session.send("Runtime.evaluate", { expression: `${name}.prototype` });
  const { objects } = await session.send("Runtime.queryObjects", { prototypeObjectId: prototype.objectId });
  const { result } = await session.send("Runtime.callFunctionOn", {
    objectId: objects.objectId,
    functionDeclaration: "function () { return this.length; }",
    returnByValue: true,
  });
  return result.value;
}

/** Types in a heap snapshot that are no part of the JavaScript heap. */
const outside = new Set(["native", "synthetic"]);

const kindOf = { code: "code", string: "text", "concatenated string": "text", "sliced string": "text" };

/** Bytes of the heap that a snapshot finds to be compiled code, in whatever form, text, and all other objects. */
async function heapByType(session) {
  const chunks = [];
  session.on("HeapProfiler.addHeapSnapshotChunk", ({ chunk }) => chunks.push(chunk));
  await session.send("HeapProfiler.takeHeapSnapshot");
  const { snapshot, nodes } = JSON.parse(chunks.join(""));
  const { node_fields: fields, node_types: types } = snapshot.meta;
  const [type, size] = [fields.indexOf("type"), fields.indexOf("self_size")];
  const bytes = { code: 0, text: 0, objects: 0 };
  for (let node = 0; node < nodes.length; node += fields.length) {
    const name = types[type][nodes[node + type]];
    if (!outside.has(name)) bytes[kindOf[name] ?? "objects"] += nodes[node + size];
  }
  return bytes;
}

/** Blobs of all processes, those included that only a URL keeps, from the browser's own list. */
async function blobs(browser) {
  const list = await browser.newPage();
  try {
    await list.goto("chrome://blob-internals");
    return await list.evaluate(() => document.body.innerText.split("Refcount:").length - 1);
  } finally {
    await list.close();
  }
}
