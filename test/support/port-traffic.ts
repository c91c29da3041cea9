const sent: unknown[] = [];
const received: unknown[] = [];

const { postMessage } = MessagePort.prototype as { postMessage(...args: unknown[]): void };
MessagePort.prototype.postMessage = function (this: MessagePort, ...args: unknown[]) {
  sent.push(args[0]);
  postMessage.apply(this, args);
} as typeof MessagePort.prototype.postMessage;

const { set } = Object.getOwnPropertyDescriptor(MessagePort.prototype, "onmessage") as {
  set(this: MessagePort, handler: unknown): void;
};
Object.defineProperty(MessagePort.prototype, "onmessage", {
  configurable: true,
  set(this: MessagePort, handler: ((event: MessageEvent) => void) | null) {
    const counted = (event: MessageEvent): void => {
      received.push(event.data);
      handler?.(event);
    };
    set.call(this, handler && counted);
  },
});

/**
 * Runs `body` and returns what went over this page's message ports meanwhile. It counts what the platform does, not what the
 * library says; import it before the ports come.
 */
export async function traffic(body: () => unknown): Promise<{ sent: unknown[]; received: unknown[] }> {
  const before = { sent: sent.length, received: received.length };
  await body();
  return { sent: sent.slice(before.sent), received: received.slice(before.received) };
}
