import type { Host } from "leasehold";
import { until } from "./until.js";

/** Milliseconds after which a domain has told all that it tells late. */
const LATE = 150;

/** Resolves once nothing goes over this page's ports by itself: the pool is filled again, and what a load tells late is told. */
export async function quiet(host: Host): Promise<void> {
  await until("the next warm domain has come", () => host.stats().warm === 1);
  await new Promise((resolve) => setTimeout(resolve, LATE));
}
