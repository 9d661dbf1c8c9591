import { links, tables } from '../cellColumns.ts'
import type { CellValue, Entity, Operation } from '../journal/operation.ts'
import type { CellRule } from './cellRules.ts'
import { cellRule, recordColumns } from './cellRules.ts'
import { keepWrite } from './keepWrite.ts'
import { afterContent, mergeEnd, mergeMedia, mergeStatus, setAway, showSpace } from './mergeAsset.ts'
import { mergeMove, showLink } from './mergeLink.ts'
import { mergePurge, mergeRestored } from './mergePurge.ts'
import type { Merging } from './merging.ts'
import { meetToldElsewhere } from './toldElsewhere.ts'

/** Takes one operation into the rows. It must be one that `judgeOperation` lets pass. */
export function mergeOperation(merging: Merging, operation: Operation): void {
  const { entity, id, field } = operation
  const rule = cellRule(entity, id, field)
  if (rule === null) return
  if (rule === 'creation') mergeCreation(merging, operation)
  else if (field === 'purged') mergePurge(merging, operation, rule)
  else if (field === 'restored') mergeRestored(merging, operation)
  else if (rule.concurrent === 'remember') remember(merging, operation, rule)
  else if (entity in links) mergeMove(merging, operation, merging.origin.place)
  else if (isLater(merging, operation)) mergeLatest(merging, operation)
}

function isLater(merging: Merging, { entity, id, field, stamp }: Operation): boolean {
  const shown = merging.shownStamp(entity, id, field)
  return shown === undefined || shown.stamp < stamp
}

/** A cell that programs write: the highest stamp is all that counts. */
function mergeLatest(merging: Merging, operation: Operation): void {
  const { entity, id, field, value, stamp } = operation
  const special = entity === 'asset' ? assetCells[field] : undefined
  if (special !== undefined) special(merging, operation)
  else if (merging.write(entity, id, field, value, stamp, field === 'content')) {
    merging.saveStamp(operation)
    if (field === 'content' || field === 'storage_path') afterContent(merging, id)
  }
}

const assetCells: Readonly<Record<string, ((merging: Merging, operation: Operation) => void) | undefined>> = {
  media: mergeMedia,
  status: mergeStatus,
  error_code: mergeStatus,
  error_message: mergeStatus,
  expires_at: mergeEnd,
}

function remember(merging: Merging, operation: Operation, rule: CellRule): void {
  const { entity, id, field, value, stamp } = operation
  const winner = keepWrite(merging, operation, rule, () => merging.reader.read(entity, id, field))
  if (winner === null) return
  const isIncoming = winner.stamp === stamp
  if (entity in links) showLink(merging, operation, winner.value, winner.stamp)
  else if (entity === 'asset' && field === 'space') showSpace(merging, id, winner.value, winner.stamp, isIncoming)
  else {
    merging.write(entity, id, field, winner.value, winner.stamp, true)
    if (entity === 'asset' && field === 'deleted_at' && isIncoming && value !== null) askWhetherKept(merging, id)
  }
}

/** Keeping wins over a deletion that had not seen it. */
function askWhetherKept(merging: Merging, id: string): void {
  if (merging.reader.read('asset', id, 'space') !== 'library' || merging.isKnown('asset', id, 'space')) return
  merging.tally.undelete.add(id)
}

/** What two devices have made alike, as its id is derived, is the record of the one that made it first. */
function mergeCreation(merging: Merging, operation: Operation): void {
  const { entity, id, value, stamp } = operation
  const record = value as Record<string, CellValue>
  if (entity === 'asset' && merging.origin.device !== merging.self) meetToldElsewhere(merging, id)
  if (merging.write(entity, id, '', value, stamp, true)) {
    merging.tally.made.push({ id, isBack: false })
    if (entity === 'asset') setAway(merging, id)
    if (entity === 'assetVersion') afterContent(merging, String(record.asset_id))
    return
  }
  const isDerived = id[14] === '8'
  if (!isDerived || entity === 'assetVersion') return
  const table = entity === 'asset' ? 'assets' : tables[entity as keyof typeof tables].table
  const known = merging.get(`SELECT created_at FROM ${table} WHERE id = ?`).get(id) as
    | { created_at: number }
    | undefined
  if (known === undefined) return
  const order = Number(record.created_at) - known.created_at
  if (order > 0) return
  for (const column of recordColumns(entity as Entity)) {
    const before = merging.reader.read(entity, id, column)
    if (before === undefined || merging.shownStamp(entity, id, column) !== undefined) continue
    const mine = JSON.stringify(before)
    const theirs = JSON.stringify(record[column] ?? null)
    if (order < 0 ? mine !== theirs : theirs < mine) {
      merging.write(entity, id, column, record[column] ?? null, stamp, false)
    }
  }
  merging.get(`UPDATE ${table} SET created_at = ? WHERE id = ?`).run(record.created_at, id)
}
