import type { AnyNode, Node } from "acorn";

/**
 * A node and all that are in it, however many, and however deep.
 * @param isEntered whether what is in a node is wanted, too
 */
export function nodesOf(root: Node, isEntered: (node: AnyNode) => boolean = () => true): AnyNode[] {
  const nodes = [root as AnyNode];
  // What is added meanwhile is visited, too.
  for (const node of nodes) if (isEntered(node)) for (const child of childrenOf(node)) nodes.push(child);
  return nodes;
}

function childrenOf(node: Node): AnyNode[] {
  const children: AnyNode[] = [];
  for (const value of Object.values(node) as unknown[]) {
    if (isNode(value)) children.push(value);
    else if (Array.isArray(value)) for (const each of value as unknown[]) if (isNode(each)) children.push(each);
  }
  return children;
}

function isNode(value: unknown): value is AnyNode {
  return typeof value === "object" && value !== null && "type" in value && "start" in value;
}
