declare module "virtual:engine" {
  export const engine: "chromium" | "firefox" | "webkit";
  /** Whether sandboxed frames have a process of their own, where the engine gives them one. */
  export const isolated: boolean;
  /** How much is done: see `scripts/lib/test-files.js`. */
  export const depth: "quick" | "whole" | "thorough";
}

declare module "virtual:lean-acorn" {
  export { parse } from "acorn";
  export function isIdentifierChar(code: number, astral?: boolean): boolean;
  export function isIdentifierStart(code: number, astral?: boolean): boolean;
}
