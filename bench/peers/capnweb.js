import { openBareDomain } from "../domains/bare.js";
import { counterCode, planCode, serviceCode } from "../domains/service.js";
import { library } from "./library.js";

/** Cap'n Web over its session for a MessagePort; what goes by reference extends its `RpcTarget`. */
export const capnweb = {
  name: "Cap’n Web",
  package: "capnweb",
  lacks: {
    transfer: "there is no way to transfer a buffer, it is copied",
    inside: "there is no way to run a function of the page in the domain",
  },
  async open(kind) {
    const { module, code } = await library("capnweb");
    const { port, close } = await openBareDomain(
      kind,
      `${code} ${serviceCode} ${planCode} ${counterCode({ parent: "library.RpcTarget" })}
      class Service extends library.RpcTarget {
        add(a, b) { return add(a, b); }
        list() { return list(); }
        a(x) { return a(x); }
        b(x) { return b(x); }
        c(x) { return c(x); }
        counter() { return counter(); }
      }
      library.newMessagePortRpcSession(port, new Service());`,
    );
    const remote = module.newMessagePortRpcSession(port);
    return {
      add: (a, b) => remote.add(a, b),
      async count(steps) {
        // What is not awaited has to be disposed of; nothing else lets go of it.
        const counters = [remote.counter()];
        for (let step = 0; step < steps; step++) counters.push(counters.at(-1).next());
        const value = await counters.at(-1).value();
        for (const counter of counters) counter[Symbol.dispose]();
        return value;
      },
      async plan() {
        const numbers = remote.list();
        const results = await numbers.map((x) => remote.c(remote.b(remote.a(x))));
        numbers[Symbol.dispose]();
        return results;
      },
      close() {
        remote[Symbol.dispose]();
        close();
      },
    };
  },
};
