import { mediaFields } from '../changeRecord.ts'
import type { CellValue, Operation } from '../journal/operation.ts'
import type { Stamp } from '../journal/stamp.ts'
import type { Merging } from './merging.ts'

type Row = Record<string, CellValue>

/** Everything that was read from a file, but for what was said later of its state. */
export function mergeMedia(merging: Merging, operation: Operation): void {
  const { id, stamp } = operation
  const value: Row = { ...(operation.value as Row) }
  for (const field of mediaFields) {
    if (field === 'media') continue
    const shown = merging.shownStamp('asset', id, field)
    if (shown !== undefined && shown.stamp > stamp) value[field] = merging.reader.read('asset', id, field) ?? null
  }
  if (merging.write('asset', id, 'media', value, stamp, false)) merging.saveStamp(operation)
}

/** A cell that `media` writes too. */
export function mergeStatus(merging: Merging, operation: Operation): void {
  const { id, field, value, stamp } = operation
  const media = merging.shownStamp('asset', id, 'media')
  const isHidden = media !== undefined && media.stamp > stamp
  if (isHidden || merging.write('asset', id, field, value, stamp, false)) merging.saveStamp(operation)
}

/** When an asset ends: in the Library nothing does, but it may come out of it again. */
export function mergeEnd(merging: Merging, operation: Operation): void {
  const { id, field, value, stamp } = operation
  if (!merging.write('asset', id, field, value, stamp, false)) return
  merging.saveStamp(operation)
  merging.keepUnshown('asset', id, field, [])
  if (value !== null && merging.reader.read('asset', id, 'space') === 'library') hideEnd(merging, id, value, stamp)
}

/** Shows which space an asset is in. Keeping it wins over a deletion that had not seen it. */
export function showSpace(merging: Merging, id: string, value: CellValue, stamp: string, isIncoming: boolean): void {
  const end = merging.reader.read('asset', id, 'expires_at') ?? null
  const endStamp = merging.shownStamp('asset', id, 'expires_at')?.stamp ?? ''
  merging.write('asset', id, 'space', value, stamp, true)
  if (value === 'library') {
    if (end !== null) hideEnd(merging, id, end, endStamp)
    if (!isIncoming || (merging.reader.read('asset', id, 'deleted_at') ?? null) === null) return
    if (!merging.isKnown('asset', id, 'deleted_at')) merging.tally.undelete.add(id)
    return
  }
  const hidden = merging
    .get(
      "SELECT value FROM unshown_writes WHERE entity = 'asset' AND entity_id = ? AND field = 'expires_at' AND stamp = ?",
    )
    .get(id, endStamp) as { value: string } | undefined
  if (hidden === undefined) return
  merging.write('asset', id, 'expires_at', JSON.parse(hidden.value), stamp, false)
  merging.keepUnshown('asset', id, 'expires_at', [])
}

function hideEnd(merging: Merging, id: string, value: CellValue, stamp: string): void {
  const { now, outbox, place } = merging.origin
  const write = { value, stamp: stamp as Stamp, device: '', place, outbox, foundAt: now }
  merging.hide('asset', id, 'expires_at', write, false)
}

/**
 * After the bytes of an asset have changed: its file is the one of the version with these bytes, whichever device's cells
 * came last, and is looked for here.
 */
export function afterContent(merging: Merging, id: string): void {
  const found = merging
    .get(
      `SELECT v.storage_path, v.version_number, v.file_name FROM assets a JOIN asset_versions v ON v.asset_row = a.row_id AND v.sha256 = a.sha256
     WHERE a.id = ? ORDER BY v.storage_path = a.storage_path DESC, v.created_at, v.id LIMIT 1`,
    )
    .get(id) as { storage_path: string; version_number: number; file_name: string } | undefined
  if (found !== undefined) {
    merging
      .get('UPDATE assets SET storage_path = ?, version_number = ? WHERE id = ? AND storage_path <> ?')
      .run(found.storage_path, found.version_number, id, found.storage_path)
  }
  setAway(merging, id)
}

/** Notes whether the original of an asset is here. One that is not can't be read here either, so nobody should try. */
export function setAway(merging: Merging, id: string): void {
  // In a rebuild: a file of this device's own that is not in its place is lost, which the check of a library finds.
  if (merging.origin.device === merging.self) return
  const asset = merging.get('SELECT row_id, storage_path, sync_state FROM assets WHERE id = ?').get(id) as
    | { row_id: number; storage_path: string; sync_state: string }
    | undefined
  if (asset === undefined) return
  const isHere = merging.isHere(asset.storage_path)
  if (!isHere) merging.get("DELETE FROM queue WHERE kind IN ('media', 'poster') AND key = ?").run(id)
  if (isHere === (asset.sync_state !== 'cloud-only')) return
  merging
    .get('UPDATE assets SET sync_state = ?, sync_reason = NULL WHERE row_id = ?')
    .run(isHere ? 'local' : 'cloud-only', asset.row_id)
  merging.door.touch(asset.row_id)
}
