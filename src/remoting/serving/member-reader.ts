import type { MemberPath } from "../wire/protocol.js";
import { readMember } from "./member.js";

/**
 * Reads a member for many operations in a row. Where it is declared is looked up once; after that it is enough that the same
 * owner still has the same function there, which engines read many times as fast, of a module above all.
 */
export class MemberReader {
  #owner: unknown;
  #value: unknown;

  /** See `readMember`. */
  read(owner: unknown, path: MemberPath): unknown {
    const isKnown = this.#value !== undefined && owner === this.#owner && typeof path === "string";
    if (isKnown && (owner as Record<string, unknown>)[path] === this.#value) return this.#value;
    const value = readMember(owner, path);
    this.#owner = owner;
    this.#value = typeof value === "function" ? value : undefined;
    return value;
  }
}
