export interface Cycles {
  /** Imported module → the importers that it is itself waiting for, directly or by others. */
  closing: Map<string, Set<string>>;
  /** Module → the first-reached module of its cycle, where that is another one. Once that has run, all of them have. */
  heads: Map<string, string>;
}

/**
 * Finds the imports that close a cycle, in the order in which the language evaluates modules (Tarjan's strongly connected
 * components, by depth on the stack). Without them, what is left can be put into an order.
 * @param importsOf the modules that a module imports, in source order
 */
export function findCycles(root: string, importsOf: (path: string) => readonly string[]): Cycles {
  const closing = new Map<string, Set<string>>();
  const heads = new Map<string, string>();
  const stack: string[] = [];
  const depths = new Map<string, number>();
  const done = new Set<string>();

  const headOf = (path: string): string => {
    const head = heads.get(path);
    return head === undefined ? path : headOf(head);
  };

  const visit = (path: string): void => {
    const depth = stack.push(path) - 1;
    depths.set(path, depth);
    let lowest = depth;
    for (const target of importsOf(path)) {
      if (depths.has(target)) closing.set(target, (closing.get(target) ?? new Set()).add(path));
      else if (!done.has(target)) visit(target);
      // What is open is an ancestor; a finished module is in this cycle if its head is still open.
      lowest = Math.min(lowest, depths.get(headOf(target)) ?? depth);
    }
    if (lowest < depth) heads.set(path, stack[lowest] as string);
    stack.pop();
    depths.delete(path);
    done.add(path);
  };
  visit(root);
  // Heads found early may themselves have turned out to be inside a larger cycle.
  return { closing, heads: new Map([...heads.keys()].map((path) => [path, headOf(path)])) };
}
