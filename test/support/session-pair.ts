import { createRemote, Session, type Remote, type SessionOptions } from "../../src/remoting/index.js";

/** Number under which `withSessions` exposes an object. */
export const TARGET = 1;

export interface SessionPair<T extends object> {
  caller: Session;
  callee: Session;
  remote: Remote<T>;
  /** The callee's end of the port, for sending what a session would not. */
  port: MessagePort;
}

/** What has been sent by each callee's end of a port. */
export const sentBy = new WeakMap<MessagePort, unknown[][]>();

/** Writes down what a port sends, from before somebody takes it over: what sends is looked up then. */
function noteSent(port: MessagePort): void {
  const sent: unknown[][] = [];
  sentBy.set(port, sent);
  const post = port.postMessage.bind(port);
  port.postMessage = (message: unknown[], ...rest: never[]) => {
    sent.push(message);
    post(message, ...rest);
  };
}

/** Two sessions on the two ends of a channel, the callee exposing `object`; closes both afterwards. */
export async function withSessions<T extends object>(
  object: T,
  body: (pair: SessionPair<T>) => Promise<void>,
  options?: SessionOptions,
): Promise<void> {
  const { port1, port2 } = new MessageChannel();
  noteSent(port2);
  const caller = new Session(port1);
  const callee = new Session(port2, options);
  callee.expose(TARGET, object);
  try {
    await body({ caller, callee, remote: createRemote<T>(() => caller.invoker, TARGET), port: port2 });
  } finally {
    caller.close(new Error("the test is over"));
    callee.close(new Error("the test is over"));
  }
}
