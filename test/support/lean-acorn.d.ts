declare module "virtual:lean-acorn" {
  export { parse } from "acorn";
  export function isIdentifierChar(code: number, astral?: boolean): boolean;
  export function isIdentifierStart(code: number, astral?: boolean): boolean;
}
