import { nextMessage, openBareDomain } from "../domains/bare.js";
import { serviceCode } from "../domains/service.js";

/** The limit: `postMessage` on one MessagePort, with no library. What could be said in one message is. */
export const raw = {
  name: "raw postMessage",
  async open(kind) {
    const { port, close } = await openBareDomain(
      kind,
      `${serviceCode}
      port.onmessage = ({ data }) => {
        if (data instanceof ArrayBuffer) port.postMessage(take(data));
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
      close,
    };
  },
};
