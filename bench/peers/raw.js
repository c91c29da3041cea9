import { nextMessage, openBareDomain } from "../domains/bare.js";
import { counterCode, planCode, serviceCode } from "../domains/service.js";

/** The limit: `postMessage` on one MessagePort, with no library. What could be said in one message is. */
export const raw = {
  name: "raw postMessage",
  remarks: {
    dependent: "one message with the names of the steps, which the domain takes",
    plan: "one message, for which the domain maps the list in a loop",
    inside: "one message, for which the domain runs the loop",
  },
  async open(kind) {
    const { port, close } = await openBareDomain(
      kind,
      `${serviceCode} ${planCode} ${counterCode()}
      const service = { counter };
      const requests = {
        steps: (names) => names.reduce((object, name) => object[name](), service),
        plan: () => list().map((x) => c(b(a(x)))),
        loop(times) {
          let total = 0;
          for (let index = 0; index < times; index++) total = add(total, index & 7);
          return total;
        },
      };
      port.onmessage = ({ data }) => {
        if (data instanceof ArrayBuffer) port.postMessage(take(data));
        else if (!Array.isArray(data)) port.postMessage(requests[data.request](data.value));
        else if (Array.isArray(data[0])) port.postMessage(data.map(([a, b]) => add(a, b)));
        else port.postMessage(add(data[0], data[1]));
      };`,
    );
    const ask = (message, transfer = []) => {
      const answer = nextMessage(port);
      port.postMessage(message, transfer);
      return answer;
    };
    return {
      add: (a, b) => ask([a, b]),
      addAll: (pairs) => ask(pairs),
      take: (buffer) => ask(buffer, [buffer]),
      count: (steps) => ask({ request: "steps", value: ["counter", ...Array(steps).fill("next"), "value"] }),
      plan: () => ask({ request: "plan" }),
      loop: (times) => ask({ request: "loop", value: times }),
      close,
    };
  },
};
