import type { Unit } from "leasehold";
import { onUnmounted, shallowRef } from "vue";
import { host } from "../host.js";

/** The unit at an address, loaded for as long as the component is there; `unit` is undefined until then. */
export function useUnit<T extends object>(address: string) {
  // Shallow, because what stands for another realm must not be wrapped.
  const unit = shallowRef<Unit<T>>();
  const error = shallowRef<unknown>();
  const gone = new AbortController();
  const loading = host.load<T>(address, { signal: gone.signal });
  loading.then(
    (loaded) => (unit.value = loaded),
    (reason: unknown) => (error.value = reason),
  );
  onUnmounted(() => {
    gone.abort(); // ends a load that is still going on, which then rejects
    loading.then((loaded) => loaded.unload()).catch(() => {});
  });
  return { unit, error };
}
