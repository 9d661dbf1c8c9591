import { ancestorsOf, parentsOf, type TreeNode } from '../../../shared/domain/tree.ts'
import type { Statement } from './database.ts'

export type TreeKind = 'tag' | 'collection'

const treeTables = {
  tag: { owners: 'tags', tree: 'tag_tree', links: 'asset_tags', owner: 'tag_id' },
  collection: {
    owners: 'collections',
    tree: 'collection_tree',
    links: 'collection_assets',
    owner: 'collection_id',
  },
} as const satisfies Record<TreeKind, object>

/**
 * Writes down anew what stands above what, after a parent has changed, and counts those again that have others below them
 * than before. Loops and lost parents, which merging devices can make, are dealt with as `parentsOf` says.
 */
export function refreshTree(get: (sql: string) => Statement, kind: TreeKind): void {
  const { owners, tree, links, owner } = treeTables[kind]
  const nodes = get(`SELECT id, parent_id FROM ${owners} WHERE deleted_at IS NULL`).all() as TreeNode[]
  const parents = parentsOf(nodes)
  const wanted = new Map<string, readonly [id: string, ancestor: string]>()
  for (const { id } of nodes) {
    for (const ancestor of ancestorsOf(parents, id)) wanted.set(`${id}/${ancestor}`, [id, ancestor])
  }
  const changed = new Set<string>()
  const remove = get(`DELETE FROM ${tree} WHERE id = ? AND ancestor_id = ?`)
  const known = get(`SELECT id, ancestor_id FROM ${tree}`).all() as { id: string; ancestor_id: string }[]
  for (const { id, ancestor_id } of known) {
    if (wanted.delete(`${id}/${ancestor_id}`)) continue
    remove.run(id, ancestor_id)
    changed.add(ancestor_id)
  }
  const add = get(`INSERT INTO ${tree}(id, ancestor_id) VALUES (?, ?)`)
  for (const [id, ancestor] of wanted.values()) {
    add.run(id, ancestor)
    changed.add(ancestor)
  }
  const recount = get(
    `UPDATE ${owners} SET total_count = (
       SELECT count(DISTINCT x.asset_row) FROM ${links} x JOIN assets a ON a.row_id = x.asset_row
       WHERE a.deleted_at IS NULL AND x.${owner} IN (SELECT :id UNION ALL SELECT id FROM ${tree} WHERE ancestor_id = :id))
     WHERE id = :id`,
  )
  for (const id of changed) recount.run({ id })
}

/** Whether a cell decides what stands above what. */
export function isTreeCell(entity: string, field: string): entity is TreeKind {
  return (
    (entity === 'tag' || entity === 'collection') && (field === '' || field === 'parent_id' || field === 'deleted_at')
  )
}

/** Whether anything stands above or below it. A change of one that stands alone changes no tree. */
export function hasRelatives(get: (sql: string) => Statement, kind: TreeKind, id: string): boolean {
  const { owners, tree } = treeTables[kind]
  const found = get(
    `SELECT 1 FROM ${owners} WHERE id = :id AND parent_id IS NOT NULL UNION ALL SELECT 1 FROM ${owners} WHERE parent_id = :id AND deleted_at IS NULL
     UNION ALL SELECT 1 FROM ${tree} WHERE id = :id OR ancestor_id = :id LIMIT 1`,
  ).get({ id })
  return found !== undefined
}
