/** What throws as soon as it is read, where there is nothing to be read. */
const read: (() => unknown)[] = [() => localStorage, () => sessionStorage];

/**
 * Whether the platform keeps every storage of an origin from here. All of it is tried at once, and nothing is left. Of a worker the
 * databases tell: it has no other storage but caches, and WebKit's answer in an opaque origin, where they keep nothing that another one
 * would find.
 */
export async function storageClosed(): Promise<boolean> {
  if (typeof document === "undefined") return !(await databaseOpens());
  const isReadable = read.some(succeeds) || keepsCookies();
  const [opens, has] = await Promise.all([databaseOpens(), cacheAnswers()]);
  return !isReadable && !opens && !has;
}

/** WebKit lets a document that has no cookies read them, and keeps none of those that it sets. */
function keepsCookies(): boolean {
  const name = "leasehold-wall";
  return succeeds(() => {
    document.cookie = `${name}=1`;
    const isKept = document.cookie.includes(name);
    document.cookie = `${name}=; max-age=0`;
    if (!isKept) throw new Error("It is not kept.");
  });
}

function succeeds(attempt: () => unknown): boolean {
  try {
    attempt();
    return true;
  } catch {
    return false;
  }
}

/** Whether a database could be made; it is not, as what would make it is aborted, which in WebKit leaves its name. */
function databaseOpens(): Promise<boolean> {
  const name = "leasehold:wall";
  return new Promise((resolve) => {
    try {
      const request = indexedDB.open(name);
      let isMade = false;
      request.onupgradeneeded = () => {
        isMade = true;
        request.transaction?.abort();
      };
      request.onsuccess = () => resolve(true);
      request.onerror = () => {
        if (!isMade) return resolve(false);
        const removal = indexedDB.deleteDatabase(name);
        removal.onsuccess = removal.onerror = () => resolve(true);
      };
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
