declare module "virtual:engine" {
  export const engine: "chromium" | "firefox" | "webkit";
  /** Whether sandboxed frames have a process of their own, where the engine gives them one. */
  export const isolated: boolean;
  /** Whether to do all that is done over and over, or a quick part of it. */
  export const isThorough: boolean;
}

declare module "virtual:lean-acorn" {
  export { parse } from "acorn";
  export function isIdentifierChar(code: number, astral?: boolean): boolean;
  export function isIdentifierStart(code: number, astral?: boolean): boolean;
}
