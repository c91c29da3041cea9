import { expect } from "chai";
import { until } from "../until.js";
import { runExample, type Scope } from "./example.js";

/** A message that an example says is sent, by its first port or by its second; the lines below may go on with it. */
const messages = /^\/\/ ([→←]) (.+(?:\n\/\/ {3,}.+)*)$/gm;

/** Whether an example says what its two ends send. */
export const hasMessages = (code: string): boolean => code.search(messages) >= 0;

/**
 * Runs an example of two ends, and compares all that the ports of its MessageChannels send with what its comments
 * say. Names in a message stand for what they are assigned there: a container, whose holes are in the list.
 */
export async function runWithMessages(code: string, scope: Scope): Promise<void> {
  const expected = [...code.matchAll(messages)].map(([, way, text]) => [way, read(text as string)]);
  const sent: unknown[] = [];
  const ports: MessagePort[] = [];
  class Watched extends MessageChannel {
    constructor() {
      super();
      ports.push(this.port1);
      for (const [way, port] of [["→", this.port1] as const, ["←", this.port2] as const]) {
        const post = port.postMessage.bind(port) as (...args: unknown[]) => void;
        port.postMessage = (...args: unknown[]) => {
          sent.push([way, args[0]]);
          post(...args);
        };
      }
    }
  }
  // What leaves at the end of a turn comes after the example's last line.
  const compare = async (): Promise<void> => {
    await until("all is sent", () => sent.length >= expected.length).catch(() => {});
    await new Promise((resolve) => setTimeout(resolve)); // for what should not have been sent
    expect(sent).to.deep.equal(expected);
  };
  try {
    await runExample(`${scope["page"] as string}\n{\n${code}\nawait compare();\n}`, {
      ...scope,
      MessageChannel: Watched,
      compare,
    });
  } finally {
    for (const port of ports) port.close();
  }
}

function read(text: string): unknown {
  const names = [...text.matchAll(/(\w+) = /g)].map(([, name]) => name);
  return new Function(`${names.length > 0 ? `let ${names.join(", ")};` : ""} return ${text.replace(/\n\/\//g, "")};`)();
}
