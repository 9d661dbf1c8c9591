import type { TreeItem, TreeRow } from './treeRows.ts'

/** Where something goes in a tree: below `parentId` (null: at the top), before a sibling (null: at the end). */
export interface TreePlace {
  readonly parentId: string | null
  readonly before: string | null
}

/** What a drop does, and how to show that: a frame around a line, or a line between two. */
export type Drop =
  | (TreePlace & { readonly kind: 'inside' })
  | (TreePlace & {
      readonly kind: 'between' /** The lines above the mark. */
      readonly edge: number
      readonly depth: number
    })

/** Where the pointer is. */
export interface Pointed {
  /** Index of the line. */
  readonly row: number
  /** 0 at its top, 1 at its foot. */
  readonly part: number
  /** As deep as the pointer is to the right; decides between the ends of several branches. */
  readonly depth: number
}

/** The outer parts of a line mean before and after it, the middle means into it. */
const EDGE = 0.27

/** What may be done with the items of a tree. */
export interface TreeRules<T extends TreeItem> {
  /** Can have others below it. */
  holds(item: T): boolean
  /** Stays first: nothing comes before it. */
  fixed(item: T): boolean
}

/**
 * Where something that is dragged within its tree would go; null where it can't, or where it is already.
 * @param dragged the id; neither it nor what is below it can hold it
 */
export function dropPlace<T extends TreeItem>(
  rows: readonly TreeRow<T>[],
  { row: index, part, depth }: Pointed,
  dragged: string,
  rules: TreeRules<T>,
): Drop | null {
  const row = rows[index]
  if (row === undefined) return null
  const within = ancestry(rows, index)
  if (part > EDGE && part < 1 - EDGE) {
    if (!rules.holds(row.item) || within.some(({ id }) => id === dragged)) return null
    return { kind: 'inside', parentId: row.item.id, before: null }
  }
  const edge = part <= EDGE ? index : index + 1
  const above = rows[edge - 1]
  const below = rows[edge]
  if (below !== undefined && rules.fixed(below.item)) return null
  // Between two lines it can be as deep as a child or sibling of the one above, and no less deep than the one below.
  const most = above === undefined ? 0 : above.open ? above.depth + 1 : above.depth
  const least = below?.depth ?? 0
  const wanted = part <= EDGE && index > 0 && row.depth <= most ? Math.max(row.depth, Math.min(depth, most)) : depth
  const at = Math.min(most, Math.max(least, wanted))
  const holders = above === undefined ? [] : ancestry(rows, edge - 1)
  const parent = at === 0 ? null : (holders[at - 1] ?? null)
  if (at > 0 && (parent === null || !rules.holds(parent))) return null
  if (holders.slice(0, at).some(({ id }) => id === dragged)) return null
  const before = below !== undefined && below.depth === at ? below.item.id : null
  const parentId = parent?.id ?? null
  if (isThere(rows, dragged, { parentId, before })) return null
  return { kind: 'between', parentId, before, edge, depth: at }
}

/** The item of a line with all above it, the root first. */
function ancestry<T extends TreeItem>(rows: readonly TreeRow<T>[], index: number): readonly T[] {
  const chain: T[] = []
  let depth = Number.POSITIVE_INFINITY
  for (let at = index; at >= 0 && depth > 0; at--) {
    const row = rows[at]
    if (row === undefined || row.depth >= depth) continue
    chain.unshift(row.item)
    depth = row.depth
  }
  return chain
}

/** Whether something is at a place already. */
function isThere<T extends TreeItem>(
  rows: readonly TreeRow<T>[],
  id: string,
  { parentId, before }: TreePlace,
): boolean {
  if (before === id) return true
  const index = rows.findIndex(({ item }) => item.id === id)
  const row = rows[index]
  if (row === undefined || (row.depth === 0 ? null : row.item.parent_id) !== parentId) return false
  let next = index + 1
  while ((rows[next]?.depth ?? -1) > row.depth) next++
  const sibling = rows[next]
  return (sibling?.depth === row.depth ? sibling.item.id : null) === before
}

/** Steps by which the keyboard moves something in its tree. */
export type Nudge = 'up' | 'down' | 'in' | 'out'

/** Where a step takes something: past a sibling, into the one before it, or out behind its parent. Null if it can't. */
export function nudge<T extends TreeItem>(
  items: readonly T[],
  id: string,
  step: Nudge,
  rules: TreeRules<T>,
): TreePlace | null {
  const item = items.find((one) => one.id === id)
  if (item === undefined || rules.fixed(item)) return null
  const siblings = items.filter((one) => one.parent_id === item.parent_id)
  const at = siblings.indexOf(item)
  const previous = siblings[at - 1]
  switch (step) {
    case 'up':
      if (previous === undefined || rules.fixed(previous)) return null
      return { parentId: item.parent_id, before: previous.id }
    case 'down':
      if (at + 1 >= siblings.length) return null
      return { parentId: item.parent_id, before: siblings[at + 2]?.id ?? null }
    case 'in':
      return previous === undefined || !rules.holds(previous) ? null : { parentId: previous.id, before: null }
    case 'out': {
      const parent = items.find((one) => one.id === item.parent_id)
      if (parent === undefined) return null
      const around = items.filter((one) => one.parent_id === parent.parent_id)
      return { parentId: parent.parent_id, before: around[around.indexOf(parent) + 1]?.id ?? null }
    }
  }
}
