import { openBareDomain } from "../domains/bare.js";
import { serviceCode } from "../domains/service.js";
import { library } from "./library.js";

/** Penpal over its messenger for a MessagePort. */
export const penpal = {
  name: "Penpal",
  package: "penpal",
  lacks: {
    plan: "every call is a message of its own, as it is for Comlink, which stands for them",
    inside: "there is no way to run a function of the page in the domain",
  },
  remarks: {
    dependent: "objects do not go by reference, so that each step takes the number that the one before returned",
  },
  async open(kind) {
    const { module, code } = await library("penpal");
    const domain = await openBareDomain(
      kind,
      `${code} ${serviceCode}
      const counter = { start: () => 0, next: (count) => count + 1, value: (count) => count };
      library.connect({ messenger: new library.PortMessenger({ port }), methods: { add, take, counter } });`,
    );
    const connection = module.connect({ messenger: new module.PortMessenger({ port: domain.port }) });
    const remote = await connection.promise;
    return {
      add: (a, b) => remote.add(a, b),
      take: (buffer) => remote.take(buffer, new module.CallOptions({ transferables: [buffer] })),
      async count(steps) {
        let count = await remote.counter.start();
        for (let step = 0; step < steps; step++) count = await remote.counter.next(count);
        return remote.counter.value(count);
      },
      close() {
        connection.destroy();
        domain.close();
      },
    };
  },
};
