/** What a tree is made of: collections and tags alike. */
export interface TreeItem {
  readonly id: string
  readonly parent_id: string | null
  readonly name: string
}

/** One line of a tree that is in sight. */
export interface TreeRow<T extends TreeItem> {
  readonly item: T
  /** 0 for what has no parent. */
  readonly depth: number
  readonly hasChildren: boolean
  readonly open: boolean
  /** Place among its siblings, from 1, and how many there are. */
  readonly position: number
  readonly siblings: number
}

/**
 * The lines of a tree whose closed branches are folded away.
 * @param items depth-first, siblings in their order; what has a parent that is not among them stands at the top
 */
export function treeRows<T extends TreeItem>(
  items: readonly T[],
  isOpen: (id: string) => boolean,
): readonly TreeRow<T>[] {
  const known = new Set(items.map(({ id }) => id))
  const parentOf = ({ parent_id: parent }: T) => (parent !== null && known.has(parent) ? parent : null)
  const children = new Map<string | null, number>()
  for (const item of items) children.set(parentOf(item), (children.get(parentOf(item)) ?? 0) + 1)

  const rows: TreeRow<T>[] = []
  const shown = new Map<string, TreeRow<T>>()
  const seen = new Map<string | null, number>()
  for (const item of items) {
    const parent = parentOf(item)
    const above = parent === null ? null : shown.get(parent)
    if (above === undefined || above?.open === false) continue
    const position = (seen.get(parent) ?? 0) + 1
    seen.set(parent, position)
    const hasChildren = children.has(item.id)
    const row: TreeRow<T> = {
      item,
      depth: above === null ? 0 : above.depth + 1,
      hasChildren,
      open: hasChildren && isOpen(item.id),
      position,
      siblings: children.get(parent) ?? 1,
    }
    rows.push(row)
    shown.set(item.id, row)
  }
  return rows
}

/** What matches, with everything above it, so that one sees where it is; in the order of `items`. */
export function filterTree<T extends TreeItem>(items: readonly T[], matches: (item: T) => boolean): readonly T[] {
  const byId = new Map(items.map((item) => [item.id, item]))
  const kept = new Set<string>()
  for (const item of items) {
    if (!matches(item)) continue
    // Stops at what is kept already, so that each is looked at once and a ring would end too.
    for (let at: T | undefined = item; at !== undefined && !kept.has(at.id); ) {
      kept.add(at.id)
      at = at.parent_id === null ? undefined : byId.get(at.parent_id)
    }
  }
  return items.filter(({ id }) => kept.has(id))
}

/** The ids of all that is above something, the nearest first. */
export function idsAbove(items: readonly TreeItem[], id: string): readonly string[] {
  const parents = new Map(items.map((item) => [item.id, item.parent_id]))
  const above: string[] = []
  for (let at = parents.get(id) ?? null; at !== null && !above.includes(at); at = parents.get(at) ?? null)
    above.push(at)
  return above
}

/** The names from the root to something, joined as a path is read. */
export function pathOf(items: readonly TreeItem[], id: string): string {
  const names = new Map(items.map((item) => [item.id, item.name]))
  return [...idsAbove(items, id)]
    .reverse()
    .concat(id)
    .flatMap((one) => names.get(one) ?? [])
    .join(' / ')
}
