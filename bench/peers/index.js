import { capnweb } from "./capnweb.js";
import { comlink } from "./comlink.js";
import { leasehold } from "./leasehold.js";
import { penpal } from "./penpal.js";
import { raw } from "./raw.js";
import { threads } from "./threads.js";

/**
 * @typedef {object} Peer
 * @property {string} name
 * @property {string} [package] whose version the table names
 * @property {Record<string, string>} [lacks] by id of workload, why it takes no part in that
 * @property {Record<string, string>} [remarks] by id of workload, how it does that
 * @property {(kind: import("../domains/bare.js").Kind) => Promise<Session>} open
 *
 * @typedef {object} Session an open peer; it has what it does not lack of these
 * @property {(a: number, b: number) => Promise<number>} add
 * @property {(pairs: [number, number][]) => Promise<number[]>} [addAll] in one message, which only the limit can do
 * @property {(buffer: ArrayBuffer) => Promise<number>} [take] its length, told by the side that it was transferred to
 * @property {(steps: number) => Promise<number>} [count] of a counter over there, after so many calls of its `next()`
 * @property {() => Promise<number[]>} [plan] `c(b(a(x)))` for all numbers of `list()`
 * @property {(times: number) => Promise<number>} [loop] the sum of `index & 7`, added up over there by `add`
 * @property {() => unknown} close
 */

/** Who calls, in the order of the table. @type {Peer[]} */
export const peers = [leasehold, capnweb, comlink, penpal, threads, raw];
