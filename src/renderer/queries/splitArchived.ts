import type { Collection } from '../../shared/domain/collection.ts'

/**
 * Collections in use, and those in the archive with all below them.
 * @param all depth-first
 */
export function splitArchived(all: readonly Collection[]): {
  readonly collections: readonly Collection[]
  readonly archived: readonly Collection[]
} {
  const away = new Set<string>()
  for (const { id, parent_id: parent, archived_at: at } of all) {
    if (at !== null || (parent !== null && away.has(parent))) away.add(id)
  }
  return { collections: all.filter(({ id }) => !away.has(id)), archived: all.filter(({ id }) => away.has(id)) }
}
