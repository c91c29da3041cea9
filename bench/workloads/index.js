import { coldLoad, warmLoad } from "./load.js";
import { sameTick } from "./same-tick.js";
import { single } from "./single.js";
import { transfer } from "./transfer.js";

/**
 * @typedef {object} Workload
 * @property {string} id
 * @property {string} title
 * @property {string} unit of what `run` measures
 * @property {number} rounds
 * @property {(kind: string) => Contestant[] | Promise<Contestant[]>} contestants
 * @property {Target[]} targets
 *
 * @typedef {{ name: string, run(): Promise<number>, close(): unknown }} Contestant
 * @typedef {{ of: string, against: string, timesFaster?: number, timesSlower?: number }} Target
 */

/** All workloads, in the order of the table. @type {Workload[]} */
export const workloads = [sameTick, single, coldLoad, warmLoad, transfer];
