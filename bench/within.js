/**
 * What a promise resolves to, unless that takes too long.
 * @template T
 * @param {number} seconds
 * @param {Promise<T> | T} promise
 * @returns {Promise<T>}
 */
export async function within(seconds, promise) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`No answer within ${seconds} seconds`)), seconds * 1000);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
