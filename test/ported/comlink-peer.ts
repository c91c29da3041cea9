/** Runs in a worker or a frame, as the far side of an application that uses Comlink would. */
import { expose, windowEndpoint, wrap } from "leasehold/remoting";

const add = (a: number, b: number): number => a + b;

if (typeof document === "undefined") expose(add);
else {
  const endpoint = windowEndpoint(self.parent);
  const increment = wrap<(n: number) => number>(endpoint);
  expose({ add, addIncremented: async (a: number, b: number) => a + (await increment(b)) }, endpoint);
}
