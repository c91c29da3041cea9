import type { AnyNode, Node } from "acorn";

/** A node and all that are in it. */
export function nodesOf(root: Node): AnyNode[] {
  const nodes = [root as AnyNode];
  // What is added meanwhile is visited, too.
  for (const node of nodes) {
    for (const value of Object.values(node) as unknown[]) {
      if (Array.isArray(value)) nodes.push(...value.filter(isNode));
      else if (isNode(value)) nodes.push(value);
    }
  }
  return nodes;
}

function isNode(value: unknown): value is AnyNode {
  return typeof value === "object" && value !== null && "type" in value && "start" in value;
}
