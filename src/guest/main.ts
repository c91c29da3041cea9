import { READY, Session, Targets } from "../remoting/index.js";
import { trusted } from "../trusted.js";
import { createControl } from "./control.js";
import { denyPeers } from "./deny-peers.js";
import { ENDED } from "./ended.js";
import { hideEvents } from "./hide-events.js";
import { provideDisposal } from "./provide-disposal.js";
import { withAddresses } from "./source-addresses.js";

/** Operations that the page is asked for at a time: with a function each they take it about 20 ms; then it can turn to others. */
const WINDOW = 1024;

/** Starts the guest on the port over which the host speaks. */
function start(port: MessagePort): void {
  const session: Session = new Session(port, {
    showStack: withAddresses,
    window: WINDOW,
    beforeOperation: () => control.beforeOperation(),
  });
  const control = createControl(session);
  session.expose(Targets.control, control.exposed);
}

trusted.claim();
provideDisposal();
if (typeof document === "undefined") {
  const self = globalThis as unknown as Worker & { close(): void };
  const close = self.close.bind(self);
  // No engine tells anybody that a worker has closed itself.
  self.close = () => {
    self.postMessage(ENDED);
    close();
  };
  self.onmessage = ({ ports: [port] }) => {
    self.onmessage = null;
    start(port as MessagePort);
    self.postMessage(READY);
  };
} else {
  // A realm has the page's own origin, and no walls.
  if (origin === "null") denyPeers();
  const { port1, port2 } = new MessageChannel();
  hideEvents(port1);
  start(port1);
  parent.postMessage(READY, "*", [port2]);
}
