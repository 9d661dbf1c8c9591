import { z } from 'zod'
import { createColumns, links } from '../cellColumns.ts'
import type { CellValue, Operation } from '../journal/operation.ts'
import { parseStamp, type Stamp } from '../journal/stamp.ts'
import { latestMove } from '../linkPlaces.ts'
import { same } from '../setValues.ts'
import type { CellRule } from './cellRules.ts'
import { cellRule, isEdit } from './cellRules.ts'
import { keepWrite } from './keepWrite.ts'
import { setAway } from './mergeAsset.ts'
import { inPlace, mergeMove } from './mergeLink.ts'
import type { Merging } from './merging.ts'
import { judgeOperation } from './usableOperation.ts'

/**
 * An asset is removed for good, unless something was done to it that whoever removed it did not know: then it stays, and
 * this device tells the others what there is of it.
 */
export function mergePurge(merging: Merging, operation: Operation, rule: CellRule): void {
  const { id, value, stamp } = operation
  keepWrite(merging, operation, rule, () => 0)
  const row = merging.get('SELECT row_id FROM assets WHERE id = ?').get(id) as { row_id: number } | undefined
  if (row !== undefined && hasUnknownEdits(merging, id, row.row_id)) {
    merging.tally.bringBack.add(id)
    return
  }
  merging.tally.bringBack.delete(id)
  if (row !== undefined) parkUnknown(merging, id)
  merging.write('asset', id, 'purged', value, stamp, true)
}

/** Above the places of all lines that a segment may have. */
export const BEYOND_LINES = 1_000_000_000

/** What programs wrote of an asset that is going, as far as whoever removed it did not know: needed should it come back. */
function parkUnknown(merging: Merging, id: string): void {
  const cells = merging
    .get("SELECT field, stamp, place FROM stamps WHERE entity = 'asset' AND entity_id = ? ORDER BY field")
    .all(id) as { field: string; stamp: Stamp; place: number }[]
  for (const [index, { field, stamp, place }] of cells.entries()) {
    const device = parseStamp(stamp).device
    const value = merging.reader.read('asset', id, field)
    if (value === undefined || merging.origin.knows(device, place)) continue
    const operation = JSON.stringify({ entity: 'asset', id, field, value, stamp })
    // It stands in place of all that came for this cell, but for what is kept beside it.
    const seen = merging.unshown('asset', id, field).length > 0 ? '{}' : JSON.stringify(appliedSoFar(merging))
    merging
      .get(
        `INSERT INTO parked_operations(device_id, seq, place, operation, seen, reason, waits_for) VALUES (?, ?, ?, ?, ?, 'waits', ?)
         ON CONFLICT DO NOTHING`,
      )
      .run(device, place, BEYOND_LINES + index, operation, seen, id)
    merging.get("DELETE FROM stamps WHERE entity = 'asset' AND entity_id = ? AND field = ?").run(id, field)
  }
}

/** How far the log of each device is applied, and how far this one's own is sealed. */
function appliedSoFar({ get, self }: Merging): Readonly<Record<string, number>> {
  const others = get('SELECT id, applied_seq AS seq FROM devices WHERE applied_seq > 0').all()
  const own = get('SELECT max(seq) AS seq FROM journal_segments WHERE device_id = ?').get(self) as {
    readonly seq: number | null
  }
  const rows = others as { readonly id: string; readonly seq: number }[]
  return { ...Object.fromEntries(rows.map(({ id, seq }) => [id, seq])), [self]: own.seq ?? 0 }
}

function hasUnknownEdits(merging: Merging, id: string, row: number): boolean {
  const { knows } = merging.origin
  const isUnknown = ({ stamp, place }: { readonly stamp: Stamp; readonly place: number }): boolean =>
    !knows(parseStamp(stamp).device, place)
  const cells = merging
    .get("SELECT field, stamp, place FROM stamps WHERE entity = 'asset' AND entity_id = ?")
    .all(id) as {
    field: string
    stamp: Stamp
    place: number
  }[]
  const isOut = (merging.reader.read('asset', id, 'deleted_at') ?? null) === null
  if (cells.some((cell) => (isEdit(cell.field) || (cell.field === 'deleted_at' && isOut)) && isUnknown(cell)))
    return true
  // Also one of the same value as the shown one, which nobody has to be told of.
  const unshown = merging
    .get("SELECT field, stamp, place, listed FROM unshown_writes WHERE entity = 'asset' AND entity_id = ?")
    .all(id) as { field: string; stamp: Stamp; place: number; listed: 0 | 1 }[]
  if (unshown.some((write) => (write.listed === 1 || isEdit(write.field)) && isUnknown(write))) return true
  return linksOf(merging, id, row).some(([entity, link]) => !merging.isKnown(entity, link, 'in'))
}

function linksOf(merging: Merging, id: string, row: number): (readonly [entity: string, id: string])[] {
  return Object.entries(links).flatMap(([entity, { table, owner }]) =>
    (merging.get(`SELECT ${owner} AS owner FROM ${table} WHERE asset_row = ?`).all(row) as { owner: string }[]).map(
      (link) => [entity, `${link.owner}/${id}`] as const,
    ),
  )
}

const keptCell = z.object({
  entity: z.string(),
  id: z.string(),
  field: z.string(),
  value: z.json(),
  stamp: z.string(),
  /** Sequence of the segment of the device that wrote it. */
  place: z.number().int(),
  shown: z.boolean(),
})
const remains = z.object({ record: z.record(z.string(), z.json()), cells: z.array(keptCell).max(100_000) })

/**
 * All that there is of an asset, for devices that have removed it: its record and every cell with the write that made it.
 * `segmentOf` says which segment of this device holds a number of its outbox.
 */
export function remainsOf(merging: Merging, id: string, segmentOf: (outbox: number) => number): CellValue {
  const { reader, self } = merging
  const cells: z.infer<typeof keptCell>[] = []
  const add = (entity: string, of: string, field: string): void => {
    const shown = merging.shownStamp(entity, of, field)
    const value = reader.read(entity, of, field)
    if (shown === undefined || value === undefined) return
    const place = parseStamp(shown.stamp).device === self ? segmentOf(shown.place) : shown.place
    cells.push({ entity, id: of, field, value, stamp: shown.stamp, place, shown: true })
  }
  const row = merging.get('SELECT row_id FROM assets WHERE id = ?').get(id) as { row_id: number }
  const versions = merging.get('SELECT id FROM asset_versions WHERE asset_row = ? ORDER BY id').all(row.row_id) as {
    id: string
  }[]
  for (const version of versions) {
    const value = reader.read('assetVersion', version.id, '')
    if (value !== undefined)
      cells.push({ entity: 'assetVersion', id: version.id, field: '', value, stamp: NO_STAMP, place: 0, shown: true })
    for (const field of ['change_description', 'storage_path', 'stored_at', 'deleted_at'])
      add('assetVersion', version.id, field)
  }
  const fields = merging
    .get("SELECT field FROM stamps WHERE entity = 'asset' AND entity_id = ? ORDER BY field")
    .all(id) as { field: string }[]
  for (const { field } of fields) if (field !== 'purged' && field !== 'restored') add('asset', id, field)
  if (!fields.some(({ field }) => field === 'media')) {
    const media = reader.read('asset', id, 'media')
    if (media !== undefined)
      cells.push({ entity: 'asset', id, field: 'media', value: media, stamp: NO_STAMP, place: 0, shown: true })
  }
  for (const [entity, link] of linksOf(merging, id, row.row_id)) {
    add(entity, link, 'in')
    const moved = latestMove(merging.get, entity, link)
    if (moved !== undefined)
      cells.push({
        entity,
        id: link,
        field: 'position',
        value: moved.position,
        stamp: moved.stamp,
        place: 0,
        shown: true,
      })
  }
  const unshown = merging
    .get(
      "SELECT field, value, stamp, place FROM unshown_writes WHERE entity = 'asset' AND entity_id = ? AND field NOT IN ('purged', 'expires_at') ORDER BY field, stamp",
    )
    .all(id) as { field: string; value: string; stamp: Stamp; place: number }[]
  for (const { field, value, stamp, place } of unshown) {
    // Settled by a change of this device's own.
    if (!merging.unshown('asset', id, field).some((write) => write.stamp === stamp)) continue
    const segment = parseStamp(stamp).device === self ? segmentOf(place) : place
    cells.push({ entity: 'asset', id, field, value: JSON.parse(value), stamp, place: segment, shown: false })
  }
  return { record: reader.read('asset', id, '') ?? {}, cells }
}

/** For cells that never had a write of their own. */
const NO_STAMP = '0000000000000.000000.'

/** What another device still had of an asset that is removed for good here: it comes back, as nobody meant that end of it. */
export function mergeRestored(merging: Merging, operation: Operation): void {
  const { id, stamp } = operation
  const parsed = remains.safeParse(operation.value).data
  if (parsed === undefined) return
  const isGone = merging.get('SELECT 1 FROM tombstones WHERE asset_id = ?').get(id) !== undefined
  if (isGone) {
    const unseen = merging
      .unshown('asset', id, 'purged')
      .some(({ device, place }) => !merging.origin.knows(device, place))
    // Removed again by somebody else: whoever brought it back hears of that, and answers once more.
    if (unseen || !merging.isKnown('asset', id, 'purged')) return
  }
  merging.saveStamp(operation)
  // Where it still stands, all that it tells has come already.
  if (!isGone) return
  const record = judgeOperation({ entity: 'asset', id, field: '', value: parsed.record, stamp })
  if (record.kind !== 'use') return
  for (const table of ['purged_origins', 'tombstones']) merging.get(`DELETE FROM ${table} WHERE asset_id = ?`).run(id)
  if (!merging.write('asset', id, '', pickRecord(record.operation.value), stamp, true)) return
  // Whoever tells it knew all that was here when it went. What is not shown comes after what is.
  merging.get("DELETE FROM unshown_writes WHERE entity = 'asset' AND entity_id = ? AND field <> 'purged'").run(id)
  for (const cell of parsed.cells) if (cell.shown) bringBackCell(merging, id, cell)
  for (const cell of parsed.cells) if (!cell.shown) bringBackCell(merging, id, cell)
  setAway(merging, id)
  merging.tally.made.push({ id, isBack: true })
  for (const cell of parsed.cells)
    if (cell.entity === 'assetVersion' && cell.field === '') merging.tally.made.push({ id: cell.id, isBack: true })
}

function pickRecord(value: CellValue): CellValue {
  const record = value as Record<string, CellValue>
  return Object.fromEntries(createColumns.map((column) => [column, record[column] ?? null]))
}

function bringBackCell(merging: Merging, asset: string, cell: z.infer<typeof keptCell>): void {
  const { entity, id, field, stamp, place, shown } = cell
  const judged = judgeOperation(cell)
  if (judged.kind !== 'use') return
  const { value } = judged.operation
  const isOfAsset =
    entity === 'asset'
      ? id === asset && field !== 'purged' && field !== 'restored'
      : entity === 'assetVersion'
        ? field !== '' || (value as { asset_id?: unknown }).asset_id === asset
        : entity in links && id.endsWith(`/${asset}`)
  if (!isOfAsset) return
  if (entity in links && field === 'position') {
    mergeMove(merging, judged.operation, place)
    return
  }
  const device = parseStamp(stamp as Stamp).device
  const ownPlace = device === merging.self ? placeOfOwn(merging, place) : place
  const known = merging.shownStamp(entity, id, field)
  if (!shown) {
    if (known?.stamp === stamp) return
    const { outbox, now } = merging.origin
    const rule = cellRule(entity, id, field)
    const isListed = rule !== null && rule !== 'creation' && rule.listed
    const isShown = same(merging.reader.read(entity, id, field) ?? null, value)
    const write = { value, stamp, device, place: ownPlace, outbox, foundAt: now }
    merging.hide(entity, id, field, write, isListed && !isShown)
    return
  }
  if (entity in links && field === 'in' && known !== undefined && !merging.isKnown(entity, id, field)) {
    // Taken out here by a write that whoever tells it did not know; links that stood were known when the asset went.
    if (!isWaiting(merging, asset, stamp)) return
    const { outbox, now } = merging.origin
    const removal = { value: null, ...known, device: parseStamp(known.stamp).device, outbox, foundAt: now }
    merging.hide(entity, id, field, removal, false)
  }
  const shownValue = entity in links ? inPlace(merging, entity, id, value, stamp) : value
  if (!same(merging.reader.read(entity, id, field) ?? null, shownValue))
    merging.write(entity, id, field, shownValue, stamp, false)
  if (stamp !== NO_STAMP && known?.stamp !== stamp) merging.door.saveStamp(entity, id, field, stamp, ownPlace)
}

/** Whether the write with this stamp came only after the asset had gone: what was here before did not know it. */
function isWaiting(merging: Merging, asset: string, stamp: string): boolean {
  return (
    merging
      .get("SELECT 1 FROM parked_operations WHERE waits_for = ? AND operation ->> 'stamp' = ?")
      .get(asset, stamp) !== undefined
  )
}

/** The last number of the outbox that went into a segment of this device. */
function placeOfOwn(merging: Merging, seq: number): number {
  const segment = merging
    .get('SELECT last_outbox FROM journal_segments WHERE device_id = ? AND seq = ?')
    .get(merging.self, seq) as { last_outbox: number } | undefined
  return segment?.last_outbox ?? 0
}
