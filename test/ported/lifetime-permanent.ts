import { createHost, type Host, type Isolation, type Unit } from "leasehold";
import { keeperCode, type Keeper } from "../support/units.js";

/** Loads a unit that stays as long as its host, which is its own, hands both to `body`, and disposes of the host. */
export async function withPermanent(
  isolation: Isolation,
  body: (unit: Unit<Keeper>, host: Host) => unknown,
): Promise<void> {
  const host = createHost({ pool: {} });
  try {
    const manifest = { name: "permanent", version: "1.0.0" };
    await body(await host.load<Keeper>({ code: keeperCode, manifest }, { isolation, collectible: false }), host);
  } finally {
    await host.dispose();
  }
}
