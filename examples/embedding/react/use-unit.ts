import type { Unit } from "leasehold";
import { useEffect, useState } from "react";
import { host } from "../host.js";

/** The unit at an address, loaded for as long as the component is there; `unit` is undefined until then. */
export function useUnit<T extends object>(address: string): { unit?: Unit<T>; error?: unknown } {
  const [state, setState] = useState<{ unit?: Unit<T>; error?: unknown }>({});
  useEffect(() => {
    const gone = new AbortController();
    const set = (next: typeof state) => gone.signal.aborted || setState(next);
    const loading = host.load<T>(address, { signal: gone.signal });
    loading.then(
      (unit) => set({ unit }),
      (error: unknown) => set({ error }),
    );
    return () => {
      gone.abort(); // ends a load that is still going on, which then rejects
      loading.then((unit) => unit.unload()).catch(() => {});
    };
  }, [address]);
  return state;
}
