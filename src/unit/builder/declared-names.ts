import type { AnyNode, Pattern } from "acorn";
import { nodesOf } from "./nodes-of.js";

/** How a name is declared, as far as that decides what else may have it: once in its block, or as often as one likes. */
export type Declared = "let" | "var";

/**
 * The names that a statement declares in the block that it stands in, those that come to it from blocks inside of the statement included.
 * @param isTop whether the block is the body of a function, where functions are declared as variables are
 */
export function declaredNames(statement: AnyNode, isTop: boolean): [name: string, as: Declared][] {
  switch (statement.type) {
    case "VariableDeclaration": {
      const as = statement.kind === "var" ? "var" : "let";
      const names = statement.declarations.flatMap(({ id }) => namesIn(id));
      // An initial value has no statements but in functions and classes.
      return names.map((name) => [name, as]);
    }
    case "FunctionDeclaration":
    case "ClassDeclaration":
      return [[statement.id?.name ?? "", isTop && statement.type === "FunctionDeclaration" ? "var" : "let"]];
    default:
      return variablesIn(statement).map((name) => [name, "var"]);
  }
}

function variablesIn(statement: AnyNode): string[] {
  return nodesOf(statement, (node) => !("params" in node) && node.type !== "ClassBody").flatMap((node) =>
    node.type === "VariableDeclaration" && node.kind === "var"
      ? node.declarations.flatMap(({ id }) => namesIn(id))
      : [],
  );
}

function namesIn(pattern: Pattern): string[] {
  switch (pattern.type) {
    case "Identifier":
      return [pattern.name];
    case "ObjectPattern":
      return pattern.properties.flatMap((each) => namesIn(each.type === "RestElement" ? each.argument : each.value));
    case "ArrayPattern":
      return pattern.elements.flatMap((each) => (each ? namesIn(each) : []));
    case "RestElement":
      return namesIn(pattern.argument);
    case "AssignmentPattern":
      return namesIn(pattern.left);
    default:
      return [];
  }
}
