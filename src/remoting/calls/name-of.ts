import { Kind, type MemberPath } from "../wire/protocol.js";

/** The name by which a person knows an operation, e.g. "render()". */
export function nameOf(kind: Kind, path: MemberPath): string {
  const name = (typeof path === "string" ? path : path.join(".")) || "the function";
  switch (kind) {
    case Kind.call:
      return `${name}()`;
    case Kind.construct:
      return `new ${name}()`;
    case Kind.plan:
      return "chunk()";
    default:
      return name;
  }
}
