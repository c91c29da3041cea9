const prototypes = [Object, Function, Array, Promise, Map, Error, Element, Window, Document, MessagePort, EventTarget];

/** All of the page that no unit may change, as text by name. */
export async function pageState(): Promise<Record<string, string>> {
  return {
    address: location.href,
    title: document.title,
    name: window.name,
    globals: Reflect.ownKeys(globalThis)
      .filter((key) => !/^\d+$/.test(String(key)))
      .map(String)
      .sort()
      .join(),
    prototypes: prototypes
      .map(({ prototype }) =>
        Reflect.ownKeys(prototype as object)
          .map(String)
          .join(),
      )
      .join("; "),
    localStorage: Object.keys(localStorage).join(),
    sessionStorage: Object.keys(sessionStorage).join(),
    cookies: document.cookie,
    databases: (await indexedDB.databases()).map(({ name }) => name).join(),
    caches: (await caches.keys()).join(),
    serviceWorkers: String((await navigator.serviceWorker.getRegistrations()).length),
    elements: [...document.body.children].map(({ tagName, id }) => `${tagName}#${id}`).join(),
    fullscreen: String(document.fullscreenElement),
    pointerLock: String(document.pointerLockElement),
  };
}
