import type { Wall } from "../../remoting/index.js";
import type { Isolation } from "../../unit/index.js";
import { networkClosed } from "./network-closed.js";
import { parentClosed } from "./parent-closed.js";
import { rehearseRefusal } from "./rehearse-refusal.js";
import { storageClosed } from "./storage-closed.js";

/**
 * Which walls of this realm are down, before anybody is in it. Everything is tried at once, in this turn: what is denied after it
 * is not what was tried. The network of a frame is closed, and tried, when it is known for whom; a worker's is from its start.
 */
export async function wallsDown(isolation: Isolation): Promise<Wall[]> {
  if (isolation === "realm") return [];
  const probes: [Wall, boolean | Promise<boolean>][] = [
    ["parent access", parentClosed()],
    ["storage", storageClosed()],
    ["network", isolation === "frame" || networkClosed()],
  ];
  const rehearsal = isolation === "frame" ? rehearseRefusal() : undefined;
  const probed = await Promise.all(probes.map(async ([wall, isClosed]) => ((await isClosed) ? [] : [wall])));
  await rehearsal;
  return probed.flat();
}
