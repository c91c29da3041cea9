/** What throws as soon as it is read, where there is nothing to be read. */
const read: (() => unknown)[] = [() => localStorage, () => sessionStorage, () => document.cookie];

/** Whether the platform keeps every storage of an origin from here. All of it is tried at once, and nothing is left. */
export async function storageClosed(): Promise<boolean> {
  // A worker has none of these.
  const isReadable = typeof document !== "undefined" && read.some(succeeds);
  const [opens, has] = await Promise.all([databaseOpens(), cacheAnswers()]);
  return !isReadable && !opens && !has;
}

function succeeds(attempt: () => unknown): boolean {
  try {
    attempt();
    return true;
  } catch {
    return false;
  }
}

/** Whether a database could be made; it is not, as what would make it is aborted. */
function databaseOpens(): Promise<boolean> {
  return new Promise((resolve) => {
    try {
      const request = indexedDB.open("leasehold:wall");
      request.onupgradeneeded = () => {
        resolve(true);
        request.transaction?.abort();
      };
      request.onsuccess = () => resolve(true);
      request.onerror = () => resolve(false);
    } catch {
      resolve(false);
    }
  });
}

async function cacheAnswers(): Promise<boolean> {
  try {
    await caches.has("leasehold:wall");
    return true;
  } catch {
    return false;
  }
}
