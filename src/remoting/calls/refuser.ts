import type { Invoker } from "./invoker.js";
import { RemoteCall, type CallOwner } from "./remote-call.js";

/**
 * Stands in for who took operations once nobody does any more: each rejects.
 * @param reasonFor makes what it rejects with, from its name
 */
export function createRefuser(reasonFor: (label: string) => unknown): Invoker {
  const owner: CallOwner = {
    isWritable: false,
    refusal: reasonFor,
    fetch() {},
    drop() {},
    giveUp() {},
    invoke(kind, base, path, args) {
      const call = new RemoteCall(owner, kind, base, path, args);
      call.fail(base instanceof RemoteCall ? base.outcome : reasonFor(call.label), true);
      return call.proxy;
    },
  };
  return owner;
}
