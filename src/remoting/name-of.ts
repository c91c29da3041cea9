import { Kind } from "./kind.js";
import type { MemberPath } from "./protocol.js";

/** The name by which a person knows an operation, e.g. "render()". */
export function nameOf(kind: number, path: MemberPath): string {
  const name = typeof path === "string" ? path : path.join(".");
  return kind === Kind.call ? `${name}()` : name;
}
