import type { Packet } from "./protocol.js";

/** Leaves away what there is nothing to say of at a packet's end: most are short, and each part costs. */
export function shorten<P extends Packet>(packet: P): P {
  while (packet.at(-1) === null) packet.pop();
  return packet;
}
