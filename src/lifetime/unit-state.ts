/** Where a unit is in its life. `unloaded` and `failed` are final: nothing of the unit is left. */
export type UnitState = "loading" | "active" | "unloading" | "finalizing" | "unloaded" | "failed";
