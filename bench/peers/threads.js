import { openBareDomain } from "../domains/bare.js";
import { serviceCode } from "../domains/service.js";
import { library } from "./library.js";

/** Quilt's threads over a MessagePort; functions go by reference, and so an object of functions does. */
export const threads = {
  name: "@quilted/threads",
  package: "@quilted/threads",
  lacks: {
    plan: "every call is a message of its own, as it is for Comlink, which stands for them",
    inside: "there is no way to run a function of the page in the domain",
  },
  remarks: { dependent: "each step is awaited before the next one is called" },
  async open(kind) {
    const { module, code } = await library("@quilted/threads");
    const domain = await openBareDomain(
      kind,
      `${code} ${serviceCode}
      const counterAt = (count) => ({ next: async () => counterAt(count + 1), value: async () => count });
      const counter = async () => counterAt(0);
      library.ThreadMessagePort.export(port, { add, take, counter });
      port.start();`,
    );
    const thread = new module.ThreadMessagePort(domain.port);
    const remote = thread.imports;
    return {
      add: (a, b) => remote.add(a, b),
      take: (buffer) => remote.take(module.markAsTransferable(buffer)),
      async count(steps) {
        let counter = await remote.counter();
        for (let step = 0; step < steps; step++) counter = await counter.next();
        return counter.value();
      },
      close() {
        thread.close();
        domain.close();
      },
    };
  },
};
