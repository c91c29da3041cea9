import type { AnyNode, Statement } from "acorn";

/** What ends in a semicolon, be it one that was left out. */
const simple: ReadonlySet<string> = new Set<Statement["type"]>([
  "ExpressionStatement",
  "VariableDeclaration",
  "ReturnStatement",
  "ThrowStatement",
  "BreakStatement",
  "ContinueStatement",
  "DebuggerStatement",
  "DoWhileStatement",
]);

/** Whether a semicolon was left out at the end of a statement, so that what comes next could be taken for a part of it. */
export function lacksSemicolon(statement: AnyNode, text: string): boolean {
  return simple.has(endOf(statement).type) && text[statement.end - 1] !== ";";
}

/** A statement that can go on in the same ways as the given one: by an else, a catch, a finally; nothing where it cannot. */
export function stubOf(statement: AnyNode): string {
  const end = endOf(statement, (each) => each.type === "IfStatement" && !each.alternate);
  if (end.type === "IfStatement") return "if (0) {} ";
  return end.type === "TryStatement" && !end.finalizer ? "try {} catch {} " : "";
}

/** The statement that a statement ends with, or the first on the way there that is looked for. */
function endOf(statement: AnyNode, isFound: (each: AnyNode) => boolean = () => false): AnyNode {
  const inner = innerOf(statement);
  return inner && !isFound(statement) ? endOf(inner, isFound) : statement;
}

function innerOf(statement: AnyNode): AnyNode | undefined {
  switch (statement.type) {
    case "IfStatement":
      return statement.alternate ?? statement.consequent;
    case "ForStatement":
    case "ForInStatement":
    case "ForOfStatement":
    case "WhileStatement":
    case "LabeledStatement":
      return statement.body;
    default:
      return undefined;
  }
}
