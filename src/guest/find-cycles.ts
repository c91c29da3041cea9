export interface Cycles {
  /** Imported module → the importers that it is itself waiting for, directly or by others. */
  closing: Map<string, Set<string>>;
  /** Module → the first-reached module of its cycle, where that is another one. Once that has run, all of them have. */
  heads: Map<string, string>;
  /** All modules that were reached, each behind what it imports, but for what closes a cycle. */
  order: string[];
}

/** A module whose imports are being gone through. */
interface Visit {
  path: string;
  depth: number;
  /** Depth of the first-reached module that it leads back to. */
  lowest: number;
  targets: readonly string[];
  /** Index of the import that comes next. */
  next: number;
}

/**
 * Finds the imports that close a cycle, in the order in which the language evaluates modules (Tarjan's strongly connected
 * components, by depth on the stack). Without them, what is left can be put into an order.
 * @param importsOf the modules that a module imports, in source order
 */
export function findCycles(root: string, importsOf: (path: string) => readonly string[]): Cycles {
  const closing = new Map<string, Set<string>>();
  const heads = new Map<string, string>();
  // A list of its own, for a chain of modules may be longer than the engine's stack.
  const stack: Visit[] = [];
  const depths = new Map<string, number>();
  const done = new Set<string>();

  const headOf = (path: string): string => {
    let head = path;
    for (let next = heads.get(head); next !== undefined; next = heads.get(head)) head = next;
    return head;
  };
  const enter = (path: string): void => {
    const depth = stack.length;
    depths.set(path, depth);
    stack.push({ path, depth, lowest: depth, targets: importsOf(path), next: 0 });
  };
  const leave = ({ path, depth, lowest }: Visit): void => {
    if (lowest < depth) heads.set(path, (stack[lowest] as Visit).path);
    stack.pop();
    depths.delete(path);
    done.add(path);
  };

  enter(root);
  for (let visit = stack.at(-1); visit; visit = stack.at(-1)) {
    const { path, depth } = visit;
    const target = visit.targets[visit.next];
    if (target === undefined) {
      leave(visit);
      continue;
    }
    if (depths.has(target)) closing.set(target, (closing.get(target) ?? new Set()).add(path));
    else if (!done.has(target)) {
      enter(target);
      continue;
    }
    // What is open is an ancestor; a finished module is in this cycle if its head is still open.
    visit.lowest = Math.min(visit.lowest, depths.get(headOf(target)) ?? depth);
    visit.next++;
  }
  // Heads found early may themselves have turned out to be inside a larger cycle.
  return { closing, heads: new Map([...heads.keys()].map((path) => [path, headOf(path)])), order: [...done] };
}
