/** Runs in a worker or a frame: connects to whoever sends it a port. */
import { connect } from "leasehold/remoting";
import { methods, type Caller } from "./penpal-methods.js";

addEventListener("message", ({ ports }: MessageEvent) => {
  const [port] = ports;
  if (!port) return;
  const session = connect<Caller>(port, { expose: methods });
  methods.caller = session.remote;
});
