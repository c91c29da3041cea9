import { LINKER, UNIT_MODULE, UNIT_MODULE_PATH } from "../unit-module.js";

/**
 * The modules that a unit may import beside its own: the library's, where one of its own names it. There is one for each unit, as
 * each of those that are linked together has capabilities of its own.
 */
export function offeredModules(unit: string, modules: Readonly<Record<string, string>>): Record<string, string> {
  if (!Object.values(modules).some((text) => text.includes(UNIT_MODULE))) return {};
  return { [UNIT_MODULE_PATH]: `export const capability = ${LINKER}.capabilityOf(${JSON.stringify(unit)});` };
}
