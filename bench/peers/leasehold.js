import { unitCode } from "../domains/service.js";

/** This library, as built. */
export const leasehold = {
  name: "Leasehold",
  async open(kind) {
    const { createHost, transfer } = await import("/dist/leasehold.js");
    const host = createHost({ pool: { frame: 0, worker: 0 } });
    const unit = await host.load({ code: unitCode }, { isolation: kind });
    return {
      add: (a, b) => unit.exports.add(a, b),
      take: (buffer) => unit.exports.take(transfer(buffer, [buffer])),
      close: () => host.dispose(),
    };
  },
};
