/** Something that may stand below another of its kind. */
export interface TreeNode {
  readonly id: string
  readonly parent_id: string | null
}

/** How deep tags and collections may be nested; a root has depth 1. */
export const MAX_DEPTH = 16

/**
 * The parent that each node really has. One whose parent is unknown stands at the root. Two devices that each moved a
 * node below the other's have made a loop: it is cut above the node with the smallest id, on every device alike.
 */
export function parentsOf(nodes: readonly TreeNode[]): ReadonlyMap<string, string | null> {
  const known = new Set(nodes.map(({ id }) => id))
  const parents = new Map(
    nodes.map(({ id, parent_id }) => [id, parent_id !== null && known.has(parent_id) ? parent_id : null]),
  )
  const finished = new Set<string>()
  for (const { id: start } of nodes) {
    const path: string[] = []
    const onPath = new Set<string>()
    let at: string | null = start
    while (at !== null && !finished.has(at) && !onPath.has(at)) {
      path.push(at)
      onPath.add(at)
      at = parents.get(at) ?? null
    }
    if (at !== null && onPath.has(at)) {
      const loop = path.slice(path.indexOf(at))
      parents.set(
        loop.reduce((smallest, id) => (id < smallest ? id : smallest)),
        null,
      )
    }
    for (const id of path) finished.add(id)
  }
  return parents
}

/** Everything above a node, the nearest first. `parents` comes from `parentsOf` and so has no loops. */
export function ancestorsOf(parents: ReadonlyMap<string, string | null>, id: string): string[] {
  const ancestors: string[] = []
  for (let at = parents.get(id) ?? null; at !== null; at = parents.get(at) ?? null) ancestors.push(at)
  return ancestors
}

/** Depth-first: each node after its parent, siblings in the order of `compare`. Without recursion, whatever the depth. */
export function inTreeOrder<T extends TreeNode>(
  nodes: readonly T[],
  parents: ReadonlyMap<string, string | null>,
  compare: (a: T, b: T) => number,
): { readonly node: T; readonly ancestors: readonly T[] }[] {
  const children = new Map<string | null, T[]>()
  for (const node of nodes) {
    const parent = parents.get(node.id) ?? null
    const siblings = children.get(parent)
    if (siblings === undefined) children.set(parent, [node])
    else siblings.push(node)
  }
  for (const siblings of children.values()) siblings.sort((a, b) => compare(b, a))
  const ordered: { node: T; ancestors: readonly T[] }[] = []
  const waiting = (children.get(null) ?? []).map((node) => ({ node, ancestors: [] as readonly T[] }))
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    ordered.push(next)
    const below = children.get(next.node.id)
    if (below === undefined) continue
    const ancestors = [...next.ancestors, next.node]
    for (const node of below) waiting.push({ node, ancestors })
  }
  return ordered
}

export type Placement = 'fits' | 'inside_itself' | 'too_deep'

/** Whether a node, with all that is below it, may stand below `parent` (null: at the root). */
export function placementBelow(
  parents: ReadonlyMap<string, string | null>,
  id: string,
  parent: string | null,
): Placement {
  const above = parent === null ? [] : [parent, ...ancestorsOf(parents, parent)]
  if (above.includes(id)) return 'inside_itself'
  let height = 0
  for (const other of parents.keys()) {
    const distance = ancestorsOf(parents, other).indexOf(id) + 1
    if (distance > height) height = distance
  }
  return above.length + 1 + height > MAX_DEPTH ? 'too_deep' : 'fits'
}
