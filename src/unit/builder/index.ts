export { checkFunction } from "./check-function.js";
export type { Part } from "./part.js";
export type { BuilderPart, CodeBuilder, ModuleBuilder, TypeBuilder, UnitBuilder } from "./types.js";
export { UnitWriter } from "./unit-writer.js";
