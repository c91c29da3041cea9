import type { Group, Vector } from "../support/vector.js";

const workers: Vector[] = [
  {
    name: "worker",
    seen: "http",
    worker: true,
    uncontrolled: "a worker's script is of the page's own origin",
    run: (to) => void new Worker(`${to.url}.js`),
  },
  {
    name: "worker, of the page's own origin",
    seen: "value",
    worker: true,
    run: (to) =>
      new Promise((resolve, reject) => {
        const worker = new Worker(`${to.page}/test/attacks/support/here.js`);
        worker.onmessage = () => resolve(true);
        worker.onerror = reject;
      }),
  },
  {
    name: "data: worker",
    seen: "http",
    worker: true,
    run: (to) => void new Worker(`data:text/javascript,fetch("${to.url}")`),
  },
  {
    name: "blob: worker",
    seen: "http",
    worker: true,
    run: (to) => void new Worker(URL.createObjectURL(new Blob([`fetch("${to.url}")`]))),
  },
  {
    name: "blob: worker, module",
    seen: "http",
    worker: true,
    run: (to) => {
      const code = new Blob([`import "${to.url}.js"`], { type: "text/javascript" });
      void new Worker(URL.createObjectURL(code), { type: "module" });
    },
  },
  {
    name: "blob: worker, importScripts()",
    seen: "http",
    worker: true,
    run: (to) => void new Worker(URL.createObjectURL(new Blob([`importScripts("${to.url}.js")`]))),
  },
  {
    name: "audio worklet",
    seen: "http",
    run: (to) => new AudioContext().audioWorklet.addModule(`${to.url}.js`),
  },
  {
    name: "audio worklet, data:",
    seen: "http",
    run: (to) => new AudioContext().audioWorklet.addModule(`data:text/javascript,import "${to.url}.js"`),
  },
  {
    name: "audio worklet, blob:",
    seen: "http",
    run: (to) =>
      new AudioContext().audioWorklet.addModule(
        URL.createObjectURL(new Blob([`import "${to.url}.js"`], { type: "text/javascript" })),
      ),
  },
  {
    name: "paint worklet, blob:",
    absent: ["firefox", "webkit"],
    seen: "http",
    run: (to) =>
      (CSS as unknown as { paintWorklet: { addModule(url: string): unknown } }).paintWorklet.addModule(
        URL.createObjectURL(new Blob([`import "${to.url}.js"`], { type: "text/javascript" })),
      ),
  },
  {
    name: "SharedWorker",
    seen: "value",

    run: (to) =>
      new Promise((resolve, reject) => {
        const worker = new SharedWorker(`${to.page}/test/attacks/support/here.js`);
        worker.onerror = reject;
        worker.port.onmessage = () => resolve(true);
      }),
  },
  {
    name: "SharedWorker, blob:",
    seen: "http",

    run: (to) => void new SharedWorker(URL.createObjectURL(new Blob([`fetch("${to.url}")`]))),
  },
  {
    name: "service worker",
    seen: "value",

    async run(to) {
      const scope = `/test/attacks/support/${to.id}/`;
      const registration = await navigator.serviceWorker.register(`${to.page}/test/attacks/support/here.js`, { scope });
      return registration.unregister();
    },
  },
  {
    name: "service worker, those of the page",
    seen: "value",
    run: () => navigator.serviceWorker.getRegistrations(),
  },
  {
    name: "SharedArrayBuffer",
    seen: "value",
    worker: true,
    uncontrolled: "the page of the tests is not isolated from other origins",
    run: () =>
      typeof SharedArrayBuffer === "function" && (globalThis as { crossOriginIsolated?: boolean }).crossOriginIsolated,
  },
];

const itsOwn =
  "a nested worker has one of its own, of its opaque origin, which nobody else sees; the page's are out of reach";
const inWebKit = { webkit: { frame: itsOwn, "served frame": itsOwn, worker: itsOwn, "served worker": itsOwn } };

const storage: Vector[] = [
  {
    name: "localStorage",
    seen: "value",
    run(to) {
      localStorage.setItem(to.id, "kept");
      const kept = localStorage.getItem(to.id);
      localStorage.removeItem(to.id);
      return kept;
    },
  },
  {
    name: "sessionStorage",
    seen: "value",
    run(to) {
      sessionStorage.setItem(to.id, "kept");
      const kept = sessionStorage.getItem(to.id);
      sessionStorage.removeItem(to.id);
      return kept;
    },
  },
  {
    name: "document.cookie",
    seen: "value",
    run(to) {
      document.cookie = `${to.id}=kept`;
      const kept = document.cookie.includes(to.id);
      document.cookie = `${to.id}=; max-age=0`;
      return kept;
    },
  },
  {
    name: "cookieStore",
    uncontrolled: { webkit: "WebKitGTK tells nothing of what it was given" },
    seen: "value",
    async run(to) {
      const { cookieStore } = globalThis as unknown as {
        cookieStore: {
          set(n: string, v: string): Promise<void>;
          get(n: string): Promise<unknown>;
          delete(n: string): Promise<void>;
        };
      };
      await cookieStore.set(to.id, "kept");
      const kept = await cookieStore.get(to.id);
      await cookieStore.delete(to.id);
      return kept;
    },
  },
  {
    name: "indexedDB",
    seen: "value",
    worker: true,
    run: (to) =>
      new Promise((resolve, reject) => {
        const request = indexedDB.open(to.id);
        request.onerror = reject;
        request.onsuccess = () => {
          request.result.close();
          indexedDB.deleteDatabase(to.id);
          resolve(true);
        };
      }),
  },
  {
    name: "indexedDB, the names of the page's databases",
    seen: "value",
    worker: true,
    run: () => indexedDB.databases(),
  },
  {
    name: "caches",
    seen: "value",
    worker: true,
    open: inWebKit,
    openFrom: "nested",
    async run(to) {
      await caches.open(to.id);
      return caches.delete(to.id);
    },
  },
  {
    name: "caches, those of the page",
    seen: "value",
    worker: true,
    run: (to) => caches.has(to.cache),
  },
  { name: "file system", absent: ["webkit"], seen: "value", worker: true, run: () => navigator.storage.getDirectory() },
  {
    name: "storage buckets",
    absent: ["firefox", "webkit"],
    seen: "value",
    worker: true,
    async run(to) {
      const { storageBuckets } = navigator as unknown as {
        storageBuckets: { open(name: string): Promise<unknown>; delete(name: string): Promise<void> };
      };
      const bucket = await storageBuckets.open(to.id.toLowerCase());
      await storageBuckets.delete(to.id.toLowerCase());
      return bucket;
    },
  },
  {
    name: "storage, how much there is",
    absent: ["webkit"],
    seen: "value",
    worker: true,
    run: () => navigator.storage.estimate(),
  },
  { name: "locks", seen: "value", worker: true, run: (to) => navigator.locks.request(to.id, () => true) },
  { name: "locks, those of the page", seen: "value", worker: true, run: () => navigator.locks.query() },
  {
    name: "BroadcastChannel",
    seen: "channel",
    worker: true,
    run(to) {
      new BroadcastChannel("attacks").postMessage(to.id);
    },
  },
  {
    name: "a Blob URL of the page's",
    seen: "value",
    worker: true,
    run: (to) => fetch(to.blob).then((response) => response.text()),
  },
];

export const workersAndStorage: Group = { name: "workers and storage", vectors: [...workers, ...storage] };
