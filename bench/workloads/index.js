import { dependent } from "./dependent.js";
import { inside } from "./inside.js";
import { coldLoad, warmLoad } from "./load.js";
import { plan } from "./plan.js";
import { sameTick } from "./same-tick.js";
import { single } from "./single.js";
import { transfer } from "./transfer.js";

/**
 * @typedef {object} Workload
 * @property {string} id
 * @property {string} title
 * @property {string} unit of what `run` measures
 * @property {number} rounds
 * @property {boolean} [collects] whether garbage is collected before each run
 * @property {number} [warmUp] rounds that are not counted: code is compiled in them, and processes start
 * @property {string} limit the contestant that no other is expected to be faster than
 * @property {(kind: string) => Contestant[]} contestants
 * @property {{ name: string, says: string }[]} notes about contestants, and about those that take no part
 * @property {Target[]} targets
 *
 * @typedef {{ name: string, open(): Promise<{ run(): Promise<number>, close(): unknown }> }} Contestant
 * @typedef {{ of: string } & (Relative | { atMost: number })} Target
 * @typedef {{ against: string, timesFaster?: number, timesSlower?: number }} Relative
 */

/** All workloads, in the order of the table. @type {Workload[]} */
export const workloads = [sameTick, single, dependent, plan, inside, coldLoad, warmLoad, transfer];
