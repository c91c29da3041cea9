export type { UnitContext } from "./unit-context.js";
