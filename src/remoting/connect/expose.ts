import type { Endpoint } from "comlink";
import { Connection } from "./connection.js";

/**
 * Lets the other end of an endpoint call an object, function or class, as Comlink's `expose` does: own and class-declared members.
 * @param endpoint default: this worker's own
 * @param allowedOrigins of which windows may call it, as strings or patterns; "*" is any
 */
export function expose(
  object: unknown,
  endpoint: Endpoint = globalThis as unknown as Endpoint,
  allowedOrigins: (string | RegExp)[] = ["*"],
): void {
  const isAllowed = (origin: string): boolean =>
    allowedOrigins.some((allowed) =>
      typeof allowed === "string" ? allowed === "*" || allowed === origin : allowed.test(origin),
    );
  Connection.over(endpoint, isAllowed).expose(object as object);
}
