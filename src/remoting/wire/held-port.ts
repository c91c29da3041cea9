/**
 * A port that its holder alone has. In a unit's domain the unit shares the realm with the guest, and may change all that the
 * language and the platform have there; what touches the port was looked up before, and nothing of it is looked up again.
 *
 * It keeps a unit from speaking in the guest's name by accident, or cheaply. It is no wall: what the guest says is made of arrays that
 * pass through the unit's realm, and the page believes none of it. Who steals the port can send what the unit could have had sent
 * anyhow, or what ends the session.
 */
export interface HeldPort {
  /** @throws what `postMessage` throws where it cannot be cloned; then nothing was sent */
  post(message: unknown, transfers?: Transferable[]): void;
  close(): void;
}

/** Of the event that brings a message, which leads to the port. */
const dataOf = Function.prototype.call.bind(
  Object.getOwnPropertyDescriptor(MessageEvent.prototype, "data")?.get as () => unknown,
) as (event: MessageEvent) => unknown;

/**
 * Takes a port over.
 * @param onMessage called with the data of each message, until the port is closed
 * @param onUnreadable called for each that cannot be read
 */
export function holdPort(port: MessagePort, onMessage: (data: unknown) => void, onUnreadable: () => void): HeldPort {
  let isOpen = true;
  const close = port.close.bind(port);
  port.onmessage = (event) => isOpen && onMessage(dataOf(event));
  port.onmessageerror = () => isOpen && onUnreadable();
  return {
    post: port.postMessage.bind(port) as HeldPort["post"],
    close() {
      isOpen = false;
      close();
    },
  };
}
