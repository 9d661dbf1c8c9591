import { links, tables } from '../cellColumns.ts'
import type { CellValue, Operation } from '../journal/operation.ts'
import type { Merging } from './merging.ts'

/** Ids are UUIDs; that of a link is its two ends with a slash between them. */
const UUID_LENGTH = 36
const owners = { membership: 'collections', assetTag: 'tags', requestReference: 'generation_requests' } as const

/**
 * The entity that an operation needs and that is not here: an asset that is removed for good here and was changed by
 * somebody who did not know, or something made by a segment of which only a part is applied. Null if nothing lacks.
 */
export function missingEntity(merging: Merging, operation: Operation): string | null {
  const { entity, id, field, value } = operation
  const lacks = (table: string, of: string): string | null =>
    merging.get(`SELECT 1 FROM ${table} WHERE id = ?`).get(of) === undefined ? of : null
  if (entity === 'asset') {
    return field === '' || field === 'purged' || field === 'restored' ? null : lacks('assets', id)
  }
  if (entity === 'assetVersion') {
    return field === ''
      ? lacks('assets', String((value as Record<string, CellValue>).asset_id))
      : lacks('asset_versions', id)
  }
  if (entity in links) {
    const owner = id.slice(0, UUID_LENGTH)
    return lacks('assets', id.slice(UUID_LENGTH + 1)) ?? lacks(owners[entity as keyof typeof owners], owner)
  }
  return entity in tables && field !== '' ? lacks(tables[entity as keyof typeof tables].table, id) : null
}
