import type { Remote } from "../types/index.js";
import type { MemberPath, Target } from "../wire/protocol.js";
import type { Invoker } from "./invoker.js";
import { RemoteRoot } from "./remote-root.js";

const nothing = (): void => {};

/**
 * Makes an object whose members are those of what the other side exposes under a number.
 * @param invoker gives who takes its operations at the moment; where nobody does (any more), see `createRefuser`
 * @param path of it, where it is a member of what is exposed
 */
export function createRemote<T>(invoker: () => Invoker, target: Target, path?: MemberPath): Remote<T> {
  return new RemoteRoot(invoker, target, { release: nothing, ...(path && { path }) }).proxy as Remote<T>;
}
