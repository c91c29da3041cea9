/**
 * @param {Map<string, string[]>} graph
 * @returns {string[] | undefined} the nodes of one cycle, the first repeated at the end
 */
export function findCycle(graph) {
  const done = new Set();
  const path = [];

  function visit(node) {
    if (done.has(node)) return undefined;
    const start = path.indexOf(node);
    if (start >= 0) return [...path.slice(start), node];
    path.push(node);
    for (const next of graph.get(node) ?? []) {
      const cycle = visit(next);
      if (cycle) return cycle;
    }
    path.pop();
    done.add(node);
    return undefined;
  }

  for (const node of graph.keys()) {
    const cycle = visit(node);
    if (cycle) return cycle;
  }
  return undefined;
}
