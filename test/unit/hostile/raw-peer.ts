import { createRemote, Session, type Remote, type SessionOptions } from "../../../src/remoting/index.js";
import { createPage, type Page } from "./page.js";

/** Number under which the page exposes its object. */
export const PAGE = 1;

/** The other end of a page's session, which sends what it likes. */
export interface RawPeer {
  page: Page;
  session: Session;
  /** What the peer exposes, for the page to call. */
  remote: Remote<Record<"one" | "two", (...args: unknown[]) => unknown>>;
  send(message: unknown, transfers?: Transferable[]): void;
  /** The next message of the page's session. */
  next(): Promise<unknown[]>;
  /** Whatever comes first: the next message, or what the session closed for. */
  outcome(): Promise<unknown>;
}

/** Opens a session of a page for a raw peer; closes it afterwards. */
export async function withRawPeer<T>(body: (peer: RawPeer) => Promise<T>, options?: SessionOptions): Promise<T> {
  const { port1, port2 } = new MessageChannel();
  const page = createPage();
  const session = new Session(port1, options);
  session.expose(PAGE, page);
  const received: unknown[][] = [];
  let wake = (): void => {};
  port2.onmessage = ({ data }: MessageEvent<unknown[]>) => {
    received.push(data);
    wake();
  };
  const next = async (): Promise<unknown[]> => {
    while (received.length === 0) await new Promise<void>((resolve) => (wake = resolve));
    return received.shift() as unknown[];
  };
  try {
    return await body({
      page,
      session,
      remote: createRemote(() => session.invoker, PAGE),
      send: (message, transfers = []) => port2.postMessage(message, transfers),
      next,
      outcome: () => Promise.race([next(), session.closed]),
    });
  } finally {
    session.close(new Error("the test is over"));
    port2.close();
  }
}
