import { createEndpoint, type Endpoint } from "comlink";
import { createRemote } from "../calls/create-remote.js";
import { Session } from "../session.js";
import type { Remote } from "../types/index.js";
import { transfer } from "../values/transfer.js";
import { CONTROL } from "../wire/protocol.js";
import { openChannel } from "./open-channel.js";
import { ROOT } from "./root.js";
import { sessionClosed } from "./session-closed.js";

/** What the two ends of a connection do for each other. */
interface ConnectionControl {
  /** A port over which an object of this side's is exposed anew; without one, the root. */
  endpoint(object?: object): MessagePort;
}

const connections = new WeakMap<object, Connection>();

/** The one session of an endpoint that Comlink's functions share: what `wrap` reaches over it, and what `expose` gives. */
export class Connection {
  readonly session: Session;
  readonly #control: Remote<ConnectionControl>;
  /** How many remotes were wrapped over it, and can still be reached. */
  wrapped = 0;
  #root: object | undefined;

  /** The connection over an endpoint; a new one where there is none, or it was closed. */
  static over(endpoint: Endpoint, isAllowed?: (origin: string) => boolean): Connection {
    let connection = connections.get(endpoint);
    if (!connection) {
      connection = new Connection(openChannel(endpoint, isAllowed));
      connections.set(endpoint, connection);
      void connection.session.closed.then(() => connections.delete(endpoint));
    }
    return connection;
  }

  private constructor(port: MessagePort | Promise<MessagePort>) {
    this.session = new Session(port, {
      showStack: (stack) => stack,
      copiesInstances: true,
      isWritable: true,
      extra: (remote) => ({
        [createEndpoint]: () => this.endpoint(remote.proxy),
      }),
    });
    const control: ConnectionControl = {
      endpoint: (object = this.#root) => {
        const { port1, port2 } = new MessageChannel();
        if (object) new Connection(port1).expose(object);
        return transfer(port2, [port2]);
      },
    };
    this.session.expose(CONTROL, control);
    this.#control = createRemote<ConnectionControl>(() => this.session.invoker, CONTROL);
  }

  expose(object: object): void {
    this.#root = object;
    this.session.expose(ROOT, object);
  }

  /** A port to an object of the other side's; without one, to its root. */
  async endpoint(object?: object): Promise<MessagePort> {
    return (await (object ? this.#control.endpoint(object) : this.#control.endpoint())) as MessagePort;
  }

  /** Lets go of the other side's root, and with it closes the connection. */
  release(): void {
    // What was asked for before is still done.
    this.session.flush();
    this.session.close(sessionClosed);
  }

  /** Nobody reaches one of the remotes any more that were wrapped over it. */
  unreached(): void {
    this.wrapped--;
    if (this.wrapped === 0 && !this.#root) void this.session.idle().then(() => this.release());
  }
}
