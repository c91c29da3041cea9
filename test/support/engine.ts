/** Tells which engine the suite runs in, and whether its sandboxed frames have a process of their own. */
export { engine, isolated } from "virtual:engine";
