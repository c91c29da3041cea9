declare module "virtual:engine" {
  export const engine: "chromium" | "firefox" | "webkit";
  /** Whether sandboxed frames have a process of their own, where the engine gives them one. */
  export const isolated: boolean;
}
