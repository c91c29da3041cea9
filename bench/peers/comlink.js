import { openBareDomain } from "../domains/bare.js";
import { counterCode, planCode, serviceCode } from "../domains/service.js";
import { library } from "./library.js";

/** Stock Comlink; objects go by reference because they are marked by its `proxy`. */
export const comlink = {
  name: "Comlink",
  package: "comlink",
  lacks: { inside: "there is no way to run a function of the page in the domain" },
  remarks: {
    dependent: "each step is awaited before the next one is called",
    plan: "every call is a message of its own; 10,000 elements at once, the three calls of one element in turn",
  },
  async open(kind) {
    const { module: Comlink, code } = await library("comlink");
    const { port, close } = await openBareDomain(
      kind,
      `${code} ${serviceCode} ${planCode} ${counterCode({ mark: "library.proxy" })}
      library.expose({ add, take, list, a, b, c, counter }, port);`,
    );
    const remote = Comlink.wrap(port);
    return {
      add: (a, b) => remote.add(a, b),
      take: (buffer) => remote.take(Comlink.transfer(buffer, [buffer])),
      async count(steps) {
        let counter = await remote.counter();
        for (let step = 0; step < steps; step++) counter = await counter.next();
        return counter.value();
      },
      async plan() {
        const numbers = await remote.list();
        return Promise.all(numbers.map(async (x) => remote.c(await remote.b(await remote.a(x)))));
      },
      close,
    };
  },
};
