export { Domain, type OpenOptions } from "./domain.js";
export type { Loss } from "./watch-frame.js";
export { checkPlace, mountView, type MountedView } from "./mount-view.js";
export { Pool } from "./pool.js";
