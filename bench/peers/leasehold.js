import { counterCode, planCode, serviceCode } from "../domains/service.js";

const unitCode = `${serviceCode} ${planCode} ${counterCode()} export { add, take, list, a, b, c, counter };`;

/** This library, as built. */
export const leasehold = {
  name: "Leasehold",
  package: "leasehold",
  async open(kind) {
    const { createHost, transfer } = await import("/dist/leasehold.js");
    const host = createHost({ pool: { frame: 0, worker: 0 } });
    const unit = await host.load({ code: unitCode }, { isolation: kind });
    return {
      add: (a, b) => unit.exports.add(a, b),
      take: (buffer) => unit.exports.take(transfer(buffer, [buffer])),
      count(steps) {
        let counter = unit.exports.counter();
        for (let step = 0; step < steps; step++) counter = counter.next();
        return counter.value();
      },
      plan: () => unit.chunk((api) => api.list().map((x) => api.c(api.b(api.a(x))))),
      loop: (times) =>
        unit.inside((api, times) => {
          let total = 0;
          for (let index = 0; index < times; index++) total = api.add(total, index & 7);
          return total;
        }, times),
      close: () => host.dispose(),
    };
  },
};
