const natives = new WeakMap<object, boolean>();

/** Whether a function is the engine's, or a proxy or bound form of another: it has no source to be read. */
export function isNative(fn: object): boolean {
  let is = natives.get(fn);
  if (is === undefined) {
    is = /\{\s*\[native code\]\s*\}$/.test(Function.prototype.toString.call(fn));
    natives.set(fn, is);
  }
  return is;
}
