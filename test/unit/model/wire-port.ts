type Handler = ((event: MessageEvent) => void) | null;

/**
 * One end of a channel whose messages arrive when a test says so, and not before: what a MessagePort leaves to chance is here
 * for the test to choose. Messages are cloned, and things moved, as the platform does.
 */
export class WirePort {
  onmessage: Handler = null;
  onmessageerror: Handler = null;
  /** What has been sent to this end and has not arrived. */
  readonly arriving: unknown[] = [];
  isClosed = false;
  other!: WirePort;

  static pair(): [WirePort, WirePort] {
    const one = new WirePort();
    const other = new WirePort();
    one.other = other;
    other.other = one;
    return [one, other];
  }

  postMessage(message: unknown, transfer: Transferable[] = []): void {
    const data: unknown = structuredClone(message, { transfer });
    if (!this.isClosed) this.other.arriving.push(data);
  }

  /** Lets the next message arrive. */
  deliver(): void {
    const data = this.arriving.shift();
    this.onmessage?.(new MessageEvent("message", { data }));
  }

  close(): void {
    this.isClosed = true;
  }

  /** As what a session takes. */
  get port(): MessagePort {
    return this as unknown as MessagePort;
  }
}
