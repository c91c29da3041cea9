import type { AnyNode, Node } from "acorn";

/** A node and all that are in it. */
export function nodesOf(root: Node): AnyNode[] {
  const nodes = [root as AnyNode];
  // What is added meanwhile is visited, too.
  for (const node of nodes) nodes.push(...childrenOf(node));
  return nodes;
}

export function childrenOf(node: Node): AnyNode[] {
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
