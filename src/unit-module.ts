/** What a unit imports to reach what its domain offers it. */
export const UNIT_MODULE = "leasehold/unit";

/** The path at which that module lies in every unit that imports it; no file's. */
export const UNIT_MODULE_PATH = "/unit";

/** The global variable of a domain by which the modules, and the lines, that the library writes find the guest. */
export const LINKER = "$leasehold";
