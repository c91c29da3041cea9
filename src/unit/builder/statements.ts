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
  let last = statement;
  for (let inner: AnyNode | undefined = last; inner; inner = innerOf(last)) last = inner;
  return simple.has(last.type) && text[last.end - 1] !== ";";
}

/** The statement that a statement ends with. */
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
