/**
 * The groups of nodes in which each reaches every other: the strongly connected components of more than one node, found by
 * Tarjan's algorithm. Nodes and groups come in the order of their names.
 */
export function circlesOf(edges: { from: string; to: string }[]): string[][] {
  const graph = Map.groupBy(edges, ({ from }) => from)
  const index = new Map<string, number>()
  const low = new Map<string, number>()
  const stack: string[] = []
  const circles: string[][] = []

  function visit(node: string) {
    index.set(node, index.size)
    low.set(node, index.get(node)!)
    stack.push(node)
    for (const { to } of graph.get(node) ?? []) {
      if (!index.has(to)) visit(to)
      if (stack.includes(to)) low.set(node, Math.min(low.get(node)!, low.get(to)!))
    }
    if (low.get(node) !== index.get(node)) return
    const circle = stack.splice(stack.indexOf(node))
    if (circle.length > 1) circles.push(circle.sort())
  }

  for (const node of [...graph.keys()].sort()) if (!index.has(node)) visit(node)
  return circles.sort(([a], [b]) => (a! < b! ? -1 : 1))
}
